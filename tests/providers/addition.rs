//! A sixth provider is one file: it is laid over the catalog and works without a line of Rust.

use roomkey::provider::catalog::Catalog;
use roomkey::provider::flow::Flow;

use super::stage::{plan, settings, understand};

#[test]
fn a_made_up_provider_is_one_file() {
    let mut catalog = Catalog::embedded();
    catalog.lay_over("parlour", "parlour.toml", include_str!("parlour.toml").to_owned());
    assert_eq!(catalog.ids().last(), Some("parlour"));
    let page = catalog.page("parlour").unwrap().unwrap_or_else(|fault| panic!("{fault}"));
    let now = "2026-11-21T14:00:00Z".parse().unwrap();
    let settings = settings(&page, &[("key".into(), "K".into())]);
    let checked = understand(&page, "open", &vec![("topic".into(), "Tea & cake".into())], &settings, now);
    assert!(checked.is_ready(), "{:?}", checked.problems);
    let mut flow = Flow::new(plan(&page, "open", checked, now), settings);
    let request = flow.next_request().expect("a request");
    assert_eq!(request.url.expose(), "https://parlour.example/rooms");
    assert_eq!(request.body.as_ref().map(|b| b.expose()), Some(r#"{"topic":"Tea & cake"}"#));
    let body = br#"{"link":"https://parlour.example/r/7"}"#.to_vec();
    flow.answered(Ok(roomkey::domain::request::Response { status: 201, headers: vec![], body }), now);
    assert!(flow.next_request().is_none());
    let entry = flow.finish();
    assert_eq!(entry.guest_link().map(|link| link.url.expose()), Some("https://parlour.example/r/7"));
    assert_eq!(entry.name.as_str(), "Open a parlour");
}

#[test]
fn a_users_page_replaces_the_one_of_the_same_id_and_a_broken_one_names_its_line() {
    let mut catalog = Catalog::embedded();
    let text = include_str!("parlour.toml")
        .replace("kind  = \"text\"\nlabel = \"Topic\"", "kind  = \"text\"\nlable = \"Topic\"");
    catalog.lay_over("whereby", "whereby.toml", text);
    let fault = catalog.page("whereby").unwrap().unwrap_err();
    assert_eq!(
        fault.to_string(),
        "whereby.toml:23:1: unknown field `lable`, expected one of `kind`, `label`, `help`, `find`, `secret`, `when`, `rules`, `choices`, `choices_of`, `of`, `unit`, `as`, `null`, `to`, `default`, `generate`, `unset`, `quick`; did you mean `label`? (a name with dots needs quotes)"
    );
    assert_eq!(catalog.ids().count(), 5);
}
