//! Stopping as a shell's job does, and coming back. The whole process group stops, a wrapper before us included.

use std::io;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, kill_current_process_group};

use super::signals::{Asked, Signals};

/// How long to wait for the word to go on before it is clear that nobody stopped us.
const DOUBT: Duration = Duration::from_millis(200);

/// Stops, and returns when told to go on, with what else was asked meanwhile. Where there is no shell to tell us, the
/// system does not stop us, and this returns after a moment.
///
/// SIGTSTP is heard by ourselves and would do nothing, and SIGSTOP would stop us for good where nobody is left to
/// continue us; SIGTTOU stops by default, and the system knows when it must not.
pub fn stop(signals: &mut Signals) -> io::Result<Vec<Asked>> {
    let mut asked = signals.take();
    asked.retain(|asked| matches!(asked, Asked::End(_)));
    kill_current_process_group(Signal::TTOU)?;
    loop {
        let came = {
            let fd = signals.fd();
            poll(&mut [PollFd::new(&fd, PollFlags::IN)], Timespec::try_from(DOUBT).ok().as_ref())
        };
        let now = signals.take();
        let go_on = now.contains(&Asked::Continue);
        asked.extend(now.into_iter().filter(|asked| matches!(asked, Asked::End(_) | Asked::Resize)));
        let ends = asked.iter().any(|asked| matches!(asked, Asked::End(_)));
        if go_on || ends || matches!(came, Ok(0)) {
            return Ok(asked);
        }
    }
}
