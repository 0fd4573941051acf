//! Profiles, presets and templates by the providers' pages: what they become, and what makes them unavailable
//! without harming their neighbours.

use roomkey::config::{Config, CopyOnCreate, Profile, SettingSource, Store};
use roomkey::domain::clipboard::Choice;
use roomkey::domain::secret::{Secret, SecretSource};

use super::support::{lines, page, parse};

fn profile(text: &str, name: &str, id: &str) -> Result<Profile, Vec<String>> {
    parse(text).profile(name, &page(id).unwrap()).map_err(|problems| lines(&problems))
}

#[test]
fn a_profile_holds_what_the_user_wrote() {
    let text = "ca_file = \"/ca.pem\"\n[profiles.m]\nprovider = \"metered\"\napp = \"ACME\"\n\
        secret_key = { command = [\"pass\", \"show\", \"m\"] }\nprefix = \"sup\"\nlink_hosts = [\"*.ACME.example\"]\n\
        default_preset = \"p\"\n[profiles.m.defaults]\nroomName = \"abc\"";
    let profile = profile(text, "m", "metered").unwrap();
    assert_eq!(profile.provider, "metered");
    assert_eq!(profile.setting("app"), Some(&SettingSource::Plain("acme".into())));
    assert_eq!(profile.setting("base_url"), None, "defaults are the page's business");
    let command = SecretSource::Command(vec!["pass".into(), "show".into(), "m".into()]);
    assert_eq!(profile.setting("secret_key"), Some(&SettingSource::Secret(command)));
    assert_eq!(profile.defaults, [("roomName".to_owned(), "abc".to_owned())]);
    assert_eq!((profile.concurrency, profile.prefix.as_deref()), (4, Some("sup")));
    assert_eq!(profile.link_hosts, ["*.acme.example"]);
    assert_eq!(profile.default_preset.as_deref(), Some("p"));
    assert_eq!(profile.ca_file.as_deref(), Some("/ca.pem"));
    assert_eq!(profile.trusts_file().collect::<Vec<_>>(), ["secret_key"]);
}

#[test]
fn secrets_come_from_one_source_each() {
    let source = |value: &str| {
        let text = format!("[profiles.j]\nprovider = \"joinme\"\naccess_token = {value}");
        profile(&text, "j", "joinme").map(|p| match p.setting("access_token") {
            Some(SettingSource::Secret(source)) => source.clone(),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(source("{ env = 'T' }"), Ok(SecretSource::Env("T".into())));
    assert_eq!(source("{ file = '~/t' }"), Ok(SecretSource::File("~/t".into())));
    assert_eq!(source("{ keyring = 't' }"), Ok(SecretSource::Keyring("t".into())));
    assert_eq!(source("'t'"), Ok(SecretSource::Inline(Secret::new("t"))));
    for (value, why) in [
        ("{ env = 'T', file = 't' }", "names several sources"),
        ("{ envv = 'T' }", "unknown source `envv`, did you mean `env`?"),
        ("{ env = 'T', fiel = 't' }", "unknown source `fiel`, did you mean `file`?"),
        ("{}", "expected { env ="),
        ("''", "must not be empty"),
        ("{ env = '' }", "must not be empty"),
        ("{ env = 'a-b' }", "name of a variable"),
        ("{ command = [] }", "expected { command ="),
        ("{ command = 'pass show' }", "expected { command ="),
        ("3", "found a number"),
    ] {
        let problems = source(value).unwrap_err();
        assert!(problems[0].starts_with("c.toml:3:16: profiles.j.access_token: "), "{problems:?}");
        assert!(problems[0].contains(why), "{value}: {problems:?}");
    }
}

#[test]
fn names_that_would_send_the_key_astray_are_refused() {
    let long = "a".repeat(64);
    for app in [
        "evil.example/",
        "evil.example?",
        "evil.example#",
        "u:p@evil.example/",
        "acme.metered.live.evil.example/",
        "..",
        "-a",
        "a-",
        "",
        &long,
    ] {
        let text = format!("[profiles.m]\nprovider = \"metered\"\napp = \"{app}\"\nsecret_key = \"k\"");
        let problems = profile(&text, "m", "metered").unwrap_err();
        assert!(problems[0].starts_with("c.toml:3:7: profiles.m.app: "), "{app}: {problems:?}");
    }
    let text = "[profiles.w]\nprovider = \"whereby\"\nbase_url = \"http://api.whereby.dev\"\napi_key = \"k\"";
    assert!(profile(text, "w", "whereby").unwrap_err()[0].contains("not encrypted"));
}

#[test]
fn what_is_missing_or_bad_makes_one_profile_unavailable_and_no_other() {
    let text = "[profiles.good]\nprovider = \"bunch\"\n[profiles.bad]\nprovider = \"bunch\"\nauth = \"baerer\"\n\
        [profiles.bare]\nprovider = \"bigbluebutton\"\n[profiles.none]\n[profiles.many]\nprovider = \"bunch\"\nconcurrency = 33";
    // Keys only some operations need are missed by those.
    assert!(profile(text, "good", "bunch").is_ok());
    assert_eq!(
        profile(text, "bad", "bunch").unwrap_err(),
        ["c.toml:5:8: profiles.bad.auth: not one of bearer, x-api-key, did you mean `bearer`?"]
    );
    assert_eq!(
        profile(text, "bare", "bigbluebutton").unwrap_err(),
        [
            "c.toml:6:11: profiles.bare.base_url: missing: BigBlueButton needs its Server",
            "c.toml:6:11: profiles.bare.secret: missing: BigBlueButton needs its Secret",
        ]
    );
    assert!(profile(text, "none", "bunch").unwrap_err()[0].contains("provider: missing"));
    assert!(profile(text, "many", "bunch").unwrap_err()[0].contains("from 1 to 32"));
    assert_eq!(
        profile(text, "goood", "bunch").unwrap_err(),
        ["c.toml: no profile `goood`, did you mean `good`?"]
    );
}

#[test]
fn unknown_settings_and_fields_are_reported_and_ignored() {
    let text = "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\napikey = \"k\"\n[profiles.w.defaults]\nroomMod = \"group\"\nisLocked = true";
    let (profile, problems) = parse(text).read_profile("w", &page("whereby").unwrap());
    assert_eq!(profile.unwrap().defaults, [("isLocked".to_owned(), "true".to_owned())]);
    assert_eq!(
        lines(&problems),
        [
            "c.toml:4:1: profiles.w.apikey: unknown setting, did you mean `api_key`?",
            "c.toml:6:1: profiles.w.defaults.roomMod: unknown field, did you mean `roomMode`?",
        ]
    );
}

#[test]
fn values_are_written_as_one_would_type_them() {
    let text = "[presets.p]\noperation = \"create\"\n[presets.p.values]\nendDate = 2026-12-01T14:00:00\nisLocked = true\n\
        fields = [\"hostRoomUrl\", \"viewerRoomUrl\"]\nrecording = { type = \"cloud\", destination.provider = \"s3\" }\n\
        \"recording.startTrigger\" = \"\"";
    let preset = parse(text).preset("p", &page("whereby").unwrap()).unwrap();
    let values: Vec<_> = preset.values.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        values,
        [
            "endDate=2026-12-01 14:00:00",
            "isLocked=true",
            "fields=hostRoomUrl,viewerRoomUrl",
            "recording.type=cloud",
            "recording.destination.provider=s3",
            "recording.startTrigger=",
        ]
    );
    let text = "[profiles.j]\nprovider = \"joinme\"\naccess_token = \"t\"\n[profiles.j.defaults]\n\
        customCallbackData = { a = 1, b = [true, 1.5], c = { d = \"x\" } }";
    let data = r#"{"a":1,"b":[true,1.5],"c":{"d":"x"}}"#.to_owned();
    assert_eq!(profile(text, "j", "joinme").unwrap().defaults, [("customCallbackData".to_owned(), data)]);
}

#[test]
fn what_cannot_be_typed_spoils_the_preset() {
    for (values, why) in [
        ("{ fields = [\"a,b\"] }", "number 1 of the list holds a comma"),
        ("{ fields = [[1]] }", "expected a list of texts or numbers"),
        ("{ recording.type = \"none\", \"recording.type\" = \"cloud\" }", "given twice"),
    ] {
        let problems =
            parse(&format!("[presets.p]\nvalues = {values}")).preset("p", &page("whereby").unwrap());
        assert!(problems.unwrap_err()[0].to_string().contains(why), "{values}");
    }
    let problems =
        parse("[presets.p]\noperation = \"creat\"").preset("p", &page("whereby").unwrap()).unwrap_err();
    assert_eq!(
        lines(&problems),
        ["c.toml:2:1: presets.p.operation: Whereby has no such operation, did you mean `create`?"]
    );
}

#[test]
fn habits_have_defaults_and_are_read() {
    let config = parse("");
    assert_eq!((config.clipboard(), config.copy_on_create()), (Choice::Auto, CopyOnCreate::Off));
    assert_eq!((config.store(), config.keep_days(), config.motion()), (Store::All, 90, true));
    assert_eq!((config.agent(), config.zone().unwrap()), (None, None));
    let config = parse(
        "agent = \"Ada\"\nzone = \"Europe/Berlin\"\nclipboard = { command = [\"wl-copy\", \"-n\"] }\ncopy_on_create = \"guest\"\n\
         motion = false\nascii = true\ntheme = \"light\"\n[history]\nstore = \"guest\"\nkeep_days = 7",
    );
    assert_eq!(config.clipboard(), Choice::Command(vec!["wl-copy".into(), "-n".into()]));
    assert_eq!(
        (config.copy_on_create(), config.store(), config.keep_days()),
        (CopyOnCreate::Guest, Store::Guest, 7)
    );
    assert_eq!((config.motion(), config.ascii(), config.theme()), (false, true, "light"));
    assert_eq!(config.zone().unwrap().unwrap().iana_name(), Some("Europe/Berlin"));
}

#[test]
fn the_including_file_wins_and_double_names_are_said() {
    let main =
        "agent = \"Ada\"\ninclude = [\"team.toml\", \"gone.toml\"]\n[profiles.a]\nprovider = \"bunch\"";
    let team = "agent = \"Bob\"\nzone = \"UTC\"\ninclude = [\"more.toml\"]\n[profiles.a]\nprovider = 3\n\
        [profiles.b]\nprovider = \"joinme\"\n[templates.t]\ntext = \"hi\"";
    let config = Config::assemble(main, "c.toml", &mut |path| match path {
        "team.toml" => Ok(roomkey::config::Included { name: "dir/team.toml".into(), text: team.into() }),
        _ => Err(roomkey::error::Error::config("there is no such file")),
    });
    assert_eq!(config.agent(), Some("Ada"));
    assert!(config.zone().unwrap().is_some());
    assert_eq!(config.profile_names().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(config.provider_of("a"), Some("bunch"));
    assert!(
        config.profile("a", &page("bunch").unwrap()).is_ok(),
        "the other file's mistakes are not its own"
    );
    assert_eq!(config.template("t", |_| None).unwrap().name, "t");
    assert_eq!(
        lines(config.problems()),
        [
            "dir/team.toml:5:12: profiles.a.provider: expected a text, found a number",
            "dir/team.toml:3:1: include: only the main file may include others",
            "dir/team.toml:4:11: profiles.a: stands already in c.toml:3, which holds",
            "c.toml:2:1: include: there is no such file",
        ]
    );
}
