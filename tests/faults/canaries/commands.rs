//! Standard output and standard error of the command line.

use roomkey::sandbox::{Fault, PROVIDERS, Seen};

use super::{
    acts, canaries, fields, free_of, heard_by_their_own, heard_where_they_belong, keys, keys_of, required,
};
use crate::stage::{Stage, finish};

#[test]
fn the_command_line_gives_nothing_away() {
    let stage = Stage::new();
    let keys = keys(|provider| stage.sandbox.settings(provider));
    for provider in PROVIDERS {
        let typed = canaries(provider);
        let own = keys_of(&stage, provider);
        // The first key is the one the first operation signs in with: nobody can repeat what was not sent.
        let sent: Vec<String> = own.iter().take(1).chain(&typed).cloned().collect();
        for act in acts(provider, &sent) {
            for json in [false, true] {
                stage.sandbox.behave();
                stage.sandbox.order(Fault::new(provider, act.clone()));
                let mut command = stage.command();
                command.arg("--config").arg(stage.config()).args(["create", "-p", provider]);
                for (index, (name, value)) in required(provider).iter().chain(fields(provider)).enumerate() {
                    if value.contains("CANARY") {
                        command
                            .arg(format!("{name}=@env:SECRET_{index}"))
                            .env(format!("SECRET_{index}"), value);
                    } else {
                        command.arg(format!("{name}={value}"));
                    }
                }
                command.args(json.then_some("--json"));
                let ran = finish(&mut command);
                let place = format!("{provider}, json {json}, {act:?}");
                assert_ne!(ran.code, 2, "{place}: {ran:?}");
                free_of(&keys, &format!("{}\n{}", ran.out, ran.err), &place);
                free_of(&typed, &ran.err, &place);
                // The passwords of a room that was made are among the details its JSON is asked for.
                if !(json && ran.code == 0) {
                    free_of(&typed, &ran.out, &place);
                }
            }
        }
        let strangers: Vec<String> = keys.iter().filter(|key| !own.contains(key)).cloned().collect();
        let seen = stage.sandbox.requests();
        let seen: Vec<Seen> = seen.into_iter().filter(|seen| seen.provider == provider).collect();
        assert!(!seen.is_empty(), "{provider}");
        heard_by_their_own(&seen, &strangers);
        heard_where_they_belong(&seen, &own, &typed);
    }
}
