//! Every way out while calls are under way: what was asked for is listed at the next start, as a link where the answer
//! was there, else as maybe.

use std::time::Duration;

use roomkey::sandbox::{Act, Fault, Gate, PROVIDERS};
use rustix::process::Signal;

use crate::ledger::{Ledger, listed};
use crate::screen::{Console, named};
use crate::stage::Stage;

const LIMIT: Duration = Duration::from_secs(30);

type Leave = (&'static str, u32, fn(&mut Console));

const WAYS: [Leave; 7] = [
    ("the question", 0, |console| {
        console.keys("q");
        console.until_shown(&["are under way", "listed as maybe created next time"]);
        console.keys("\t\r");
    }),
    ("Ctrl-C twice", 0, |console| console.keys("\x03\x03")),
    ("INT", 130, |console| console.signal(Signal::INT)),
    ("TERM", 143, |console| console.signal(Signal::TERM)),
    ("HUP", 129, |console| console.signal(Signal::HUP)),
    ("QUIT", 131, |console| console.signal(Signal::QUIT)),
    ("the terminal gone", 129, |console| console.hang_up()),
];

#[test]
fn whatever_way_it_is_left_nothing_under_way_is_forgotten() {
    let stage = Stage::new();
    let mut ledger = Ledger::new();
    for (number, (way, code, leave)) in WAYS.iter().enumerate() {
        let gate = Gate::new();
        for provider in PROVIDERS.iter().filter(|provider| **provider != "metered") {
            stage.sandbox.order(Fault::new(provider, Act::Pass).hold(&gate));
        }
        let seen = stage.sandbox.requests().len();
        let mut console = Console::open(&stage, &named(&stage, &format!("way-{number}")));
        // One is answered, four are not.
        console.keys("3N");
        console.until_shown(&["is ready"]);
        console.keys("1N2N4N5N");
        assert!(stage.sandbox.wait_for(LIMIT, |requests| requests.len() == seen + 5), "{way}");
        leave(&mut console);
        assert_eq!(console.exit_code(), *code, "{way}");
        let step = ledger.step(&stage);
        step.check(|_| 1, way);
        assert_eq!((step.with("created"), step.with("maybe_created")), (1, 4), "{way}: {step:#?}");
        gate.release();
    }
}

#[test]
fn a_script_that_is_ended_leaves_its_call_as_maybe() {
    let stage = Stage::new();
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::KILL] {
        let gate = Gate::new();
        stage.sandbox.order(Fault::new("whereby", Act::Pass).hold(&gate));
        let (seen, before) = (stage.sandbox.requests().len(), listed(&stage).len());
        let mut command = stage.command();
        command.arg("--config").arg(stage.config()).args(["create", "-p", "whereby", "endDate=in 2h"]);
        let mut child = command.spawn().unwrap();
        assert!(stage.sandbox.wait_for(LIMIT, |requests| requests.len() > seen));
        let pid = rustix::process::Pid::from_raw(child.id() as i32).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
        child.wait().unwrap();
        gate.release();
        let entries = listed(&stage);
        assert_eq!(entries.len(), before + 1, "{signal:?}");
        assert_eq!(entries[0]["outcome"], "maybe_created", "{signal:?}");
    }
}
