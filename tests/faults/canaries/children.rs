//! The programs that are started: their arguments and their environment.
#![cfg(target_os = "linux")]

use super::{free_of, keys_of};
use crate::stage::{Stage, finish};

/// Where the program starts others, neither arguments nor environment carry a key or a link.
#[test]
fn children_are_told_nothing() {
    let stage = Stage::new();
    let key = keys_of(&stage, "bunch").remove(0);
    std::fs::write(stage.home().join("key"), &key).unwrap();
    let spy = |name: &str, then: &str| {
        format!(
            "[\"sh\", \"-c\", \"cat /proc/$$/cmdline /proc/$PPID/cmdline /proc/$$/environ > {name}; {then}\"]"
        )
    };
    let profile = stage.profile(
        "bunch",
        &[
            ("api_key", &format!("{{ command = {} }}", spy("one", "cat key"))),
            ("session_cookie", "{ env = \"BUNCH_SESSION\" }"),
        ],
    );
    let clipboard = format!("clipboard = {{ command = {} }}\n", spy("two", "cat > copied"));
    stage.configure(&format!("{clipboard}{profile}"));
    let mut command = stage.command();
    command.env("PATH", "/usr/bin:/bin").env("BUNCH_SESSION", "session=CANARY-cookie");
    command.arg("--config").arg(stage.config());
    command.args(["create", "roomName=r", "userName=u", "--copy", "guest"]);
    let ran = finish(&mut command);
    assert_eq!(ran.code, 0, "{ran:?}");
    let copied = std::fs::read_to_string(stage.home().join("copied")).unwrap();
    assert!(copied.starts_with("http://127.0.0.1") && !copied.ends_with('\n'), "{copied:?}");
    let all = [key.clone(), copied.clone(), "session=CANARY-cookie".into()];
    for name in ["one", "two"] {
        let told = String::from_utf8_lossy(&std::fs::read(stage.home().join(name)).unwrap()).into_owned();
        assert!(told.contains("create"), "{told}");
        free_of(&all, &told, name);
    }
    free_of(&[key], &format!("{}{}", ran.out, ran.err), "the end");
}

/// The variables of every profile, used or not, and those of secret fields.
#[test]
fn children_know_no_variable_that_holds_a_key() {
    let stage = Stage::new();
    let key = keys_of(&stage, "bigbluebutton").remove(0);
    let profile = stage.profile("bigbluebutton", &[("secret", "{ env = \"BBB_SECRET\" }")]);
    let others = "[profiles.broken]\nprovider = \"nobody\"\nkey = { env = \"BROKEN_KEY\" }\n\
                  [profiles.idle]\nprovider = \"whereby\"\napi_key = { env = \"IDLE_KEY\" }\n";
    stage.configure(&format!(
        "clipboard = {{ command = [\"/bin/sh\", \"-c\", \"/usr/bin/env > told; /bin/cat > copied\"] }}\n{profile}{others}"
    ));
    let mut command = stage.command();
    command.env("BBB_SECRET", &key).env("IDLE_KEY", "CANARY-idle").env("BROKEN_KEY", "CANARY-broken");
    command
        .env("PASSWORD", "CANARY-password")
        .env("SAME_KEY_AGAIN", format!("secret={key}"))
        .env("KEPT", "yes");
    command.arg("--config").arg(stage.config()).args(["create", "-p", "bigbluebutton", "name=nn"]);
    command.args(["moderatorPW=@env:PASSWORD", "--copy", "guest"]);
    let ran = finish(&mut command);
    assert_eq!((ran.code, ran.err.lines().count()), (0, 1), "{ran:?}");
    let told = std::fs::read_to_string(stage.home().join("told")).unwrap();
    assert!(told.contains("KEPT=yes"), "{told}");
    for name in ["BBB_SECRET", "IDLE_KEY", "BROKEN_KEY", "PASSWORD", "SAME_KEY_AGAIN", "CANARY"] {
        assert!(!told.contains(name), "{name} in {told}");
    }
    free_of(&[key], &told, "the environment");
}
