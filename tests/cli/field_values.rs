//! Values of fields in the configuration: what can never be sent is a problem with its place, found before it is used,
//! and told without the value.

use crate::stage::{Ran, Stage};

fn whereby(lines: &str) -> Stage {
    let stage = Stage::new();
    stage.configure(&format!("zone = \"UTC\"\n{}{lines}", stage.profile("whereby", &[])));
    stage
}

#[track_caller]
fn names(ran: &Ran, stage: &Stage, code: i32, told: &[(&str, &str)]) {
    assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{ran:?}");
    let text = std::fs::read_to_string(stage.config()).unwrap();
    for (value, sentence) in told {
        let at = text.find(value).unwrap();
        let (line, start) = (text[..at].matches('\n').count() + 1, text[..at].rfind('\n').unwrap_or(0));
        let place = format!("config.toml:{line}:{}: {sentence}", at - start);
        assert!(ran.err.contains(&place), "{place:?} is not in {ran:?}");
    }
    assert!(!ran.err.contains("CANARY"), "{ran:?}");
    assert_eq!(stage.sandbox.requests().len(), 0, "nothing was sent");
}

const DEFAULTS: &str =
    "\n[profiles.whereby.defaults]\nisLocked = \"CANARYVAL\"\nroomMode = 5\nfields = [\"CANARYVAR\"]\n";

#[test]
fn bad_defaults_of_a_profile_are_problems_of_the_configuration() {
    let stage = whereby(DEFAULTS);
    let told = [
        ("\"CANARYVAL\"", "profiles.whereby.defaults.isLocked: write true or false"),
        ("5\n", "profiles.whereby.defaults.roomMode: choose normal, group"),
        ("[\"CANARYVAR\"]", "profiles.whereby.defaults.fields: "),
    ];
    names(&stage.run(&["config", "check"]), &stage, 3, &told);
    names(&stage.run(&["create", "endDate=in 2h"]), &stage, 3, &told[..1]);
    let doctor = stage.run(&["doctor"]);
    assert!(doctor.out.contains("errors: 3") && doctor.code == 3, "{doctor:?}");
    assert!(!doctor.out.contains("CANARY"), "{doctor:?}");
}

#[test]
fn bad_values_of_a_preset_are_problems_of_the_configuration() {
    let stage = whereby(
        "\n[presets.r]\nvalues = { isLocked = 7, endDate = \"CANARYVAL\", roomNamePrefix = \"x-{nope}\" }\n",
    );
    let told = [
        ("7,", "presets.r.values.isLocked: write true or false"),
        ("\"CANARYVAL\"", "presets.r.values.endDate: not a time: write 16:00, in 2h or fri 9:00"),
        ("\"x-{nope}\"", "presets.r.values.roomNamePrefix: unknown placeholder"),
    ];
    names(&stage.run(&["config", "check"]), &stage, 3, &told);
    names(&stage.run(&["create", "--preset", "r", "endDate=in 2h"]), &stage, 3, &told[..1]);
    // The profile itself is not touched by it.
    let ran = stage.run(&["create", "endDate=in 2h", "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn what_is_decided_when_it_is_used_is_no_problem_of_the_configuration() {
    let stage = whereby(
        "\n[profiles.whereby.defaults]\nendDate = \"in 2h\"\nroomNamePrefix = \"{prefix}-{date}-{rand}\"\n\
         [presets.past]\nvalues = { endDate = \"2026-01-01\" }\n\
         [presets.gone]\nvalues = { endDate = 2026-01-01T10:00:00Z, isLocked = true, roomMode = \"\" }\n\
         [presets.fri]\nvalues = { endDate = \"fri 9:00\", fields = [\"hostRoomUrl\"] }\n",
    );
    let check = stage.run(&["config", "check"]);
    assert_eq!((check.code, check.err.as_str()), (0, ""), "{check:?}");
    for preset in ["past", "gone"] {
        let ran = stage.run(&["create", "--preset", preset]);
        assert_eq!(ran.code, 2, "{ran:?}");
    }
    let ran = stage.run(&["create", "--preset", "fri", "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}
