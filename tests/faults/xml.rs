//! BigBlueButton's XML: nothing in it is expanded, fetched or believed twice, and a return code that is neither yes
//! nor no decides nothing.

use std::time::{Duration, Instant};

use crate::bench::{Bench, answer};

#[test]
fn xml_holds_no_traps() {
    let bench = Bench::new();
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
                  <response><returncode>SUCCESS</returncode><meetingID>&b;</meetingID></response>";
    let external = "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                    <response><returncode>SUCCESS</returncode><meetingID>&x;</meetingID></response>";
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let wide = format!("<response>{}<returncode>SUCCESS</returncode></response>", "<a/>".repeat(25_000));
    let unreadable = [
        laughs,
        external,
        &deep,
        &wide,
        "<response><returncode>SUCCESS",
        "<response><returncode>SUCCESS</response>",
        "<response><returncode>SUCCESS</returncode>&#0;</response>",
        "<response><returncode>SUCCESS</returncode><m>&#27;[2J</m></response>",
        "<response><returncode>SUCCESS</returncode>&unknown;</response>",
        "<response><ReturnCode>SUCCESS</ReturnCode></response>",
        "<response><returncode>SUCCESS</returncode><returncode>FAILED</returncode></response>",
        "<response><returncode/></response>",
        "<response><returncode>success</returncode></response>",
        "<response><returncode>OK</returncode><meetingID>m</meetingID></response>",
        "<response/>",
        "",
        "SUCCESS",
    ];
    for body in unreadable {
        let begun = Instant::now();
        let act = answer(200, body);
        let name: String = body.chars().take(60).collect();
        bench.ends("bigbluebutton", &name, act, "maybe_created", "unclear");
        assert!(begun.elapsed() < Duration::from_secs(20), "{name}");
    }
    let cdata = "<response><returncode><![CDATA[SUCCESS]]></returncode><meetingID>m</meetingID></response>";
    bench.ends("bigbluebutton", "CDATA", answer(200, cdata), "created", "-");
    let failed =
        "<response><returncode>FAILED</returncode><messageKey>k</messageKey><message>no</message></response>";
    bench.ends("bigbluebutton", "FAILED", answer(200, failed), "not_created", "refused");
}

#[test]
fn an_id_that_is_taken_makes_nothing_new() {
    let bench = Bench::new();
    let taken = "<response><returncode>FAILED</returncode><messageKey>idNotUnique</messageKey>\
                 <message>A meeting already exists with that meeting ID.</message></response>";
    let entry = bench.ends("bigbluebutton", "taken", answer(200, taken), "not_created", "refused");
    let error = entry.outcome.error().unwrap();
    assert!(error.message().contains("has a meeting of this ID already"), "{error}");
    assert!(error.next_step().unwrap().contains("it is probably yours"), "{error}");
}
