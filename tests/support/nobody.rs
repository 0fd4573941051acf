//! A port of this machine where nobody listens, for as long as a test needs it. A socket holds it without listening:
//! a port that was let go may be given to the listener of another test at once.

use tokio::net::TcpSocket;

pub struct Nobody {
    socket: TcpSocket,
}

impl Nobody {
    pub fn new() -> Nobody {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        Nobody { socket }
    }

    /// `127.0.0.1:PORT`
    pub fn address(&self) -> String {
        self.socket.local_addr().unwrap().to_string()
    }
}
