//! BigBlueButton's checksum: vectors computed by foreign tools, and what the server accepts of other spellings.

use jiff::Timestamp;
use roomkey::sandbox::{Sandbox, World};

use super::client::House;
use sha2::Digest;

/// Signs a query for the house's own secret, with SHA-256, the checksum last.
pub fn signed(house: &House, call: &str, query: &str) -> String {
    let sum = sum(house, call, query);
    let glue = if query.is_empty() { "" } else { "&" };
    format!("/bbb/bigbluebutton/api/{call}?{query}{glue}checksum={sum}")
}

fn sum(house: &House, call: &str, query: &str) -> String {
    let text = format!("{call}{query}{}", house.setting("bigbluebutton", "secret"));
    sha2::Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn key(house: &House, target: &str) -> String {
    house.get(target).element("messageKey").unwrap_or_default()
}

/// A published vector: whether the sandbox with this secret takes the checksum for the call.
fn accepts(secret: &str, call: &str, query: &str, sum: &str) -> bool {
    let world = World::still(Timestamp::from_second(1_715_261_728).unwrap(), 1);
    let mut sandbox = Sandbox::bind(0, world).unwrap();
    sandbox.set_bbb_secret(secret);
    let house = House::of(sandbox.serve().unwrap());
    let glue = if query.is_empty() { "" } else { "&" };
    let target = format!("/bbb/bigbluebutton/api/{call}?{query}{glue}checksum={sum}");
    let reply = house.get(&target);
    let refusal = match reply.status {
        302 => reply.header("location").unwrap().to_owned(),
        _ => reply.text(),
    };
    !refusal.contains("checksumError")
}

const SECRET: &str = "639259d4-9dd8-4b25-bf01-95f9567eaf4b";

/// Secret, call, query, then SHA-1, SHA-256, SHA-384 and SHA-512.
type Vector = (&'static str, &'static str, &'static str, [&'static str; 4]);

const VECTORS: [Vector; 7] = [
    (
        SECRET,
        "create",
        "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444",
        [
            "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17",
            "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e",
            "891ac633df39d0a1b4f8d597f3e190833216c4b29c4fb51ea3ca72757eeb958d6e7b49a845cf29f5c6019c7d29d029d1",
            "de73ad61d11a5c801b68d4bd6ec5248546085cefb0b25c85f3c46249ea93a3a4b120f92c0a8a58d7512cb77821884951a3b01245f3435dbbef49fff3cc3988b4",
        ],
    ),
    (
        SECRET,
        "join",
        "meetingID=support-4711&fullName=John+Doe&role=MODERATOR&createTime=1715261728123&redirect=true",
        [
            "5239cc84f3cd3e6e34c8829eeb3dd3e38a0d2f13",
            "87bb4293f1b23894c2aab2c2eef68f1b5fad499b6ce487ca8a985a54fccd3b9c",
            "bc253f5b868f7ff5b73e19ba9fb9b83ce34af1fc9a4eb1e7b468f0a7e5b10dcc34a7f963b08b4de8804cb07305858bf8",
            "b77a5634ae8f1151cfb740fcb654e62430522c8fe5df8556d603888a7a8bbf4a5ad5eed665799846ff968c36068bb01a7296875d2ab7b1052b5297883c33704e",
        ],
    ),
    (
        SECRET,
        "join",
        "fullName=Zo%C3%AB+M%C3%BCller-%C5%81uk+%26+Co.+%28A%2FB%2BC%3D100%25%29&meetingID=raum_%C3%A4-1&role=VIEWER&guest=true&userdata-bbb_override_default_locale=de&avatarURL=https%3A%2F%2Fexample.com%2Fa+b.png%3Fx%3D1%26y%3D2",
        [
            "774946ec45bf49637c7f7f714cfb1d84b0d9937b",
            "1e63c2ce50bf7cc31b5bc1cf39aa34cd054ba896b94f9a1b1d2cc0ce252d9c0c",
            "21f966b0a9886067f987369354bb16d2c5ba86cfe4bd05db97a67b53c86b4dfb38d53d306f71a964463ab1c6846b98bf",
            "ccf3db64579816cc3ba952fa081145b77aaaa93cd9beae5d4f796de6b724dabcd09f7ecce18c2847be651786fe90c280db8e86b7b0b35c65f15ceba40435503c",
        ],
    ),
    (
        SECRET,
        "getMeetings",
        "",
        [
            "2027baa7771026e9e93392f55031535d1444c41f",
            "a5370c5f3d97d56d53b435684cdbc429c2898a3bf9f435518b4279e1e0dbfc8c",
            "a2caf6ab7a9296f621a58d55f299b6dbd023afcf7ccf4ddfb4245a04eb87a0bc7797ea193baa41f81346330145bd3199",
            "456defa5035a4194b8590216805aa0f3b7a7508c2cb74a28bd750d4d2f43d851467acd9b8961cb7f6ffdab0c27e4e83655be9108d4a20ad8702958d6b01a48f4",
        ],
    ),
    (
        SECRET,
        "end",
        "meetingID=abc123",
        [
            "8487e6301244e8f902dc849b0319eaca5e292d78",
            "13a3a2f0c18c6fe1b4da6d56703bdabd2229956a0dc51a49ef0159df9d037a06",
            "360414008c607f1e6c384badc4e70147718bd04dfbf4adb62be4ca12e8b6f2d3a77283decd3e1eabf8f6657c38e49101",
            "6d939a748141d3f46c04e9862fd0cbb5db4dab427ac301707778179e165bdfa03cd892930cec325049b8aadabc50b8eb081aa99354c83908e9896ff37be0a461",
        ],
    ),
    (
        "s3cr+t/=",
        "create",
        "name=Sprint+%E2%80%9C7%E2%80%9D+%F0%9F%9A%80+it%27s&meetingID=e-1&welcome=%3Cb%3EHi%3C%2Fb%3E+%25%25CONFNAME%25%25&meta_ticket=INC+42&meta_bbb-origin=console&record=false&duration=60&maxParticipants=10&guestPolicy=ASK_MODERATOR",
        [
            "8d2796bb84463a29ef9ec58ceb829537ec1e7f1d",
            "e8d1502603b6ac7a50cee444b7323d79942a2b8bb59ded62c0285321e8edbefc",
            "f8a23a2fe882d97cb6873b3c0a9a09aace5464eb58a06aae7337f1f45f7fb8a54de5dda5b542558653aa715a77aa1cc8",
            "3d0c07efe1a1869f5d3719c41dc66847bbcab73244eb954e87d5289fc35201e31af53374065cb4c6467730fdfb7bf5b802975a33ac3635517f62142744579bf8",
        ],
    ),
    (
        SECRET,
        "join",
        "meetingID=a%7Eb*c&fullName=A%7EB+*C*&role=viewer",
        [
            "9852591fd1fdeb8a446482ae526440eebe7ead7c",
            "3621d383a246abf5465f212de290fa2cdfd465b1585aa0e740424124ef65a7ea",
            "dea7f23c83ef21c676d319495a59215f9d7a0120537e35b91557cc1492d052f50fa6777d8fb29c60d9baba916ec12720",
            "037ecf01c13dd4b45ba551917e6f777afea55fd60792b6540dfcbaf216761395fe565ff6d1bdab246c349dc4120c9d90a35bfe933a07a7526bbfdffb198ff6e4",
        ],
    ),
];

#[test]
fn published_vectors_are_accepted_in_all_four_hashes_and_both_cases() {
    for (secret, call, query, sums) in VECTORS {
        for sum in sums {
            assert!(accepts(secret, call, query, sum), "{call}?{query} {sum}");
            assert!(accepts(secret, call, query, &sum.to_uppercase()), "{call}?{query} {sum}");
        }
    }
}

#[test]
fn vectors_published_by_others_are_accepted() {
    let query = "name=Demo&meetingID=replace-with-meeting-id&attendeePW=replace-with-password\
                 &moderatorPW=replace-with-password";
    assert!(accepts("replace-with-secret", "create", query, "7030bd96ede6a7ac41da848fe3bfc562e52a5914"));
    let sum = "7e5a0a48f1542462e56ca034dc83d741bff1deb5feab0cd9ef74fa6e009fe1fd";
    assert!(accepts("replace-with-secret", "create", query, sum));
    let query = "password=yourpassword&fullName=fullname&meetingID=127";
    let sum = "40799bd174680c4613a512cb000eee0bb9beafe1bcb1d380b23c0720e5d0f609";
    assert!(accepts("yourbbbsecret", "join", query, sum));
}

#[test]
fn a_checksum_of_another_call_query_secret_or_length_is_refused() {
    let (secret, call, query, sums) = VECTORS[4];
    assert_eq!(call, "end");
    for sum in sums {
        assert!(!accepts(secret, "getMeetingInfo", query, sum));
        assert!(!accepts(secret, call, "meetingID=abc124", sum));
        assert!(!accepts(secret, call, "meetingID=abc%3123", sum));
        assert!(!accepts("another", call, query, sum));
        assert!(!accepts(secret, call, query, &sum[1..]));
        assert!(!accepts(secret, call, query, &format!("{sum}0")));
    }
    assert!(!accepts(secret, call, query, ""));
}

#[test]
fn the_checksum_may_stand_anywhere() {
    let house = House::open();
    let sum = sum(&house, "isMeetingRunning", "meetingID=ab&x=1");
    for query in [
        format!("checksum={sum}&meetingID=ab&x=1"),
        format!("meetingID=ab&checksum={sum}&x=1"),
        format!("meetingID=ab&x=1&checksum={sum}"),
    ] {
        let reply = house.get(&format!("/bbb/bigbluebutton/api/isMeetingRunning?{query}"));
        assert_eq!(reply.element("running").as_deref(), Some("false"), "{query}");
    }
    let missing = house.get("/bbb/bigbluebutton/api/isMeetingRunning?meetingID=ab");
    assert_eq!(missing.element("messageKey").as_deref(), Some("checksumError"));
}

#[test]
fn any_legal_encoding_is_judged_as_it_was_sent() {
    let house = House::open();
    for (index, name) in
        ["A+B", "A%20B", "it's%20(A)!~*", "it%27s+%28A%29%21%7E%2A", "%c3%bc%2f", "%C3%BC%2F"]
            .iter()
            .enumerate()
    {
        let query = format!("name={name}&meetingID=id-{index}&unknown=%5B1%5D&x[]=1");
        assert_eq!(key(&house, &signed(&house, "create", &query)), "", "{name}");
    }
    let names: Vec<String> = house.running.rooms().into_iter().map(|room| room.name).collect();
    assert_eq!(names, ["A B", "A B", "it's (A)!~*", "it's (A)!~*", "ü/", "ü/"]);
}

#[test]
fn a_post_signs_its_query_and_may_carry_the_rest_in_a_form() {
    let house = House::open();
    let post = |target: &str, kind: &str, body: &str| {
        let ask = house.ask("POST", target).body(body.as_bytes());
        if kind.is_empty() { ask.send() } else { ask.header("Content-Type", kind).send() }
    };
    let done = |reply: super::client::Reply| {
        (reply.element("returncode").unwrap(), reply.element("messageKey").unwrap_or_default())
    };
    let success = ("SUCCESS".to_owned(), String::new());
    let failed = |key: &str| ("FAILED".to_owned(), key.to_owned());
    let target = signed(&house, "create", "name=In+URL&meetingID=p1");
    assert_eq!(done(post(&target, "", "")), success);
    let target = signed(&house, "create", "name=With+slides&meetingID=p2");
    assert_eq!(done(post(&target, "application/xml", "<modules/>")), success);
    assert_eq!(done(post(&target, "application/json", "{}")), failed("unsupportedContentType"));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(done(post(&target, form, "meetingID=p2")), failed("checksumError"));
    let body = format!("name=In+form&meetingID=p3&checksum={}", sum(&house, "create", ""));
    assert_eq!(done(post("/bbb/bigbluebutton/api/create", form, &body)), success);
    let names: Vec<String> = house.running.rooms().into_iter().map(|room| room.name).collect();
    assert_eq!(names, ["In URL", "With slides", "In form"]);
}
