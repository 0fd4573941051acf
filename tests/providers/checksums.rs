//! The checksums of BigBlueButton: published vectors for all four hashes, and the query strings they were computed
//! over. The values come from hash tools of other languages, never from this program.

use roomkey::domain::secret::Secret;
use roomkey::provider::checksum::{Hash, checksum};
use roomkey::provider::wire::{Secrets, form};

struct Vector {
    call: &'static str,
    secret: &'static str,
    params: &'static [(&'static str, &'static str)],
    query: &'static str,
    /// SHA-1, SHA-256, SHA-384, SHA-512.
    sums: [&'static str; 4],
}

const HASHES: [&str; 4] = ["sha1", "sha256", "sha384", "sha512"];

const VECTORS: &[Vector] = &[
    Vector {
        call: "create",
        secret: "639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        params: &[
            ("name", "Test Meeting"),
            ("meetingID", "abc123"),
            ("attendeePW", "111222"),
            ("moderatorPW", "333444"),
        ],
        query: "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444",
        sums: [
            "1fcbb0c4fc1f039f73aa6d697d2db9ba7f803f17",
            "da9185f7f333cfdfcd6eeac32dca3777510c4c436020d8b887ba5515bd1d189e",
            "891ac633df39d0a1b4f8d597f3e190833216c4b29c4fb51ea3ca72757eeb958d6e7b49a845cf29f5c6019c7d29d029d1",
            "de73ad61d11a5c801b68d4bd6ec5248546085cefb0b25c85f3c46249ea93a3a4b120f92c0a8a58d7512cb77821884951a3b01245f3435dbbef49fff3cc3988b4",
        ],
    },
    Vector {
        call: "join",
        secret: "639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        params: &[
            ("meetingID", "support-4711"),
            ("fullName", "John Doe"),
            ("role", "MODERATOR"),
            ("createTime", "1715261728123"),
            ("redirect", "true"),
        ],
        query: "meetingID=support-4711&fullName=John+Doe&role=MODERATOR&createTime=1715261728123&redirect=true",
        sums: [
            "5239cc84f3cd3e6e34c8829eeb3dd3e38a0d2f13",
            "87bb4293f1b23894c2aab2c2eef68f1b5fad499b6ce487ca8a985a54fccd3b9c",
            "bc253f5b868f7ff5b73e19ba9fb9b83ce34af1fc9a4eb1e7b468f0a7e5b10dcc34a7f963b08b4de8804cb07305858bf8",
            "b77a5634ae8f1151cfb740fcb654e62430522c8fe5df8556d603888a7a8bbf4a5ad5eed665799846ff968c36068bb01a7296875d2ab7b1052b5297883c33704e",
        ],
    },
    Vector {
        call: "join",
        secret: "639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        params: &[
            ("fullName", "Zoë Müller-Łuk & Co. (A/B+C=100%)"),
            ("meetingID", "raum_ä-1"),
            ("role", "VIEWER"),
            ("guest", "true"),
            ("userdata-bbb_override_default_locale", "de"),
            ("avatarURL", "https://example.com/a b.png?x=1&y=2"),
        ],
        query: "fullName=Zo%C3%AB+M%C3%BCller-%C5%81uk+%26+Co.+%28A%2FB%2BC%3D100%25%29&meetingID=raum_%C3%A4-1&role=VIEWER&guest=true&userdata-bbb_override_default_locale=de&avatarURL=https%3A%2F%2Fexample.com%2Fa+b.png%3Fx%3D1%26y%3D2",
        sums: [
            "774946ec45bf49637c7f7f714cfb1d84b0d9937b",
            "1e63c2ce50bf7cc31b5bc1cf39aa34cd054ba896b94f9a1b1d2cc0ce252d9c0c",
            "21f966b0a9886067f987369354bb16d2c5ba86cfe4bd05db97a67b53c86b4dfb38d53d306f71a964463ab1c6846b98bf",
            "ccf3db64579816cc3ba952fa081145b77aaaa93cd9beae5d4f796de6b724dabcd09f7ecce18c2847be651786fe90c280db8e86b7b0b35c65f15ceba40435503c",
        ],
    },
    Vector {
        call: "getMeetings",
        secret: "639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        params: &[],
        query: "",
        sums: [
            "2027baa7771026e9e93392f55031535d1444c41f",
            "a5370c5f3d97d56d53b435684cdbc429c2898a3bf9f435518b4279e1e0dbfc8c",
            "a2caf6ab7a9296f621a58d55f299b6dbd023afcf7ccf4ddfb4245a04eb87a0bc7797ea193baa41f81346330145bd3199",
            "456defa5035a4194b8590216805aa0f3b7a7508c2cb74a28bd750d4d2f43d851467acd9b8961cb7f6ffdab0c27e4e83655be9108d4a20ad8702958d6b01a48f4",
        ],
    },
    Vector {
        call: "end",
        secret: "639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        params: &[("meetingID", "abc123")],
        query: "meetingID=abc123",
        sums: [
            "8487e6301244e8f902dc849b0319eaca5e292d78",
            "13a3a2f0c18c6fe1b4da6d56703bdabd2229956a0dc51a49ef0159df9d037a06",
            "360414008c607f1e6c384badc4e70147718bd04dfbf4adb62be4ca12e8b6f2d3a77283decd3e1eabf8f6657c38e49101",
            "6d939a748141d3f46c04e9862fd0cbb5db4dab427ac301707778179e165bdfa03cd892930cec325049b8aadabc50b8eb081aa99354c83908e9896ff37be0a461",
        ],
    },
    Vector {
        call: "create",
        secret: "s3cr+t/=",
        params: &[
            ("name", "Sprint “7” 🚀 it's"),
            ("meetingID", "e-1"),
            ("welcome", "<b>Hi</b> %%CONFNAME%%"),
            ("meta_ticket", "INC 42"),
            ("meta_bbb-origin", "console"),
            ("record", "false"),
            ("duration", "60"),
            ("maxParticipants", "10"),
            ("guestPolicy", "ASK_MODERATOR"),
        ],
        query: "name=Sprint+%E2%80%9C7%E2%80%9D+%F0%9F%9A%80+it%27s&meetingID=e-1&welcome=%3Cb%3EHi%3C%2Fb%3E+%25%25CONFNAME%25%25&meta_ticket=INC+42&meta_bbb-origin=console&record=false&duration=60&maxParticipants=10&guestPolicy=ASK_MODERATOR",
        sums: [
            "8d2796bb84463a29ef9ec58ceb829537ec1e7f1d",
            "e8d1502603b6ac7a50cee444b7323d79942a2b8bb59ded62c0285321e8edbefc",
            "f8a23a2fe882d97cb6873b3c0a9a09aace5464eb58a06aae7337f1f45f7fb8a54de5dda5b542558653aa715a77aa1cc8",
            "3d0c07efe1a1869f5d3719c41dc66847bbcab73244eb954e87d5289fc35201e31af53374065cb4c6467730fdfb7bf5b802975a33ac3635517f62142744579bf8",
        ],
    },
    Vector {
        call: "join",
        secret: "639259d4-9dd8-4b25-bf01-95f9567eaf4b",
        params: &[("meetingID", "a~b*c"), ("fullName", "A~B *C*"), ("role", "viewer")],
        query: "meetingID=a%7Eb*c&fullName=A%7EB+*C*&role=viewer",
        sums: [
            "9852591fd1fdeb8a446482ae526440eebe7ead7c",
            "3621d383a246abf5465f212de290fa2cdfd465b1585aa0e740424124ef65a7ea",
            "dea7f23c83ef21c676d319495a59215f9d7a0120537e35b91557cc1492d052f50fa6777d8fb29c60d9baba916ec12720",
            "037ecf01c13dd4b45ba551917e6f777afea55fd60792b6540dfcbaf216761395fe565ff6d1bdab246c349dc4120c9d90a35bfe933a07a7526bbfdffb198ff6e4",
        ],
    },
];

#[test]
fn every_vector_matches_in_all_four_hashes() {
    for vector in VECTORS {
        let secret = Secret::new(vector.secret);
        for (name, sum) in HASHES.into_iter().zip(vector.sums) {
            let hash = Hash::named(name).expect("a known hash");
            assert_eq!(checksum(hash, vector.call, vector.query, &secret), sum, "{name} of {}", vector.query);
        }
    }
}

#[test]
fn our_encoding_is_that_of_the_vectors() {
    for vector in VECTORS {
        let pairs: Vec<String> = (vector.params.iter())
            .map(|(name, value)| format!("{}={}", form(name, Secrets::Live), form(value, Secrets::Live)))
            .collect();
        assert_eq!(pairs.join("&"), vector.query);
    }
}

#[test]
fn published_examples_of_others_match() {
    let demo = "name=Demo&meetingID=replace-with-meeting-id&attendeePW=replace-with-password&moderatorPW=replace-with-password";
    let secret = Secret::new("replace-with-secret");
    assert_eq!(checksum(Hash::Sha1, "create", demo, &secret), "7030bd96ede6a7ac41da848fe3bfc562e52a5914");
    assert_eq!(
        checksum(Hash::Sha256, "create", demo, &secret),
        "7e5a0a48f1542462e56ca034dc83d741bff1deb5feab0cd9ef74fa6e009fe1fd"
    );
    let join = "password=yourpassword&fullName=fullname&meetingID=127";
    assert_eq!(
        checksum(Hash::Sha256, "join", join, &Secret::new("yourbbbsecret")),
        "40799bd174680c4613a512cb000eee0bb9beafe1bcb1d380b23c0720e5d0f609"
    );
}
