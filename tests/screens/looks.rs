//! The screens at their three widths, plain text with a hash of the styles.

use insta::assert_snapshot;

use crate::support::console::Console;
use crate::support::entries::{answer, morning};

/// The list of the drawing with a call under way.
fn busy(size: (u16, u16)) -> Console {
    let mut console = Console::showing(size, morning());
    console.keys("4 5 N").wait(3_000);
    console
}

#[test]
fn the_first_screen() {
    assert_snapshot!(Console::demo((80, 24)).shot());
}

#[test]
fn list_with_details_under_it() {
    let mut console = busy((80, 24));
    assert_snapshot!("list-80x24-creating", console.shot());
    console.press("j y");
    assert_snapshot!("list-80x24", console.shot());
}

#[test]
fn list_with_details_beside_it() {
    assert_snapshot!(busy((124, 30)).press("j y").shot());
}

#[test]
fn three_columns() {
    assert_snapshot!(busy((160, 45)).press("j y").shot());
}

#[test]
fn details_over_the_whole_screen() {
    assert_snapshot!(busy((80, 24)).press("j i .").shot());
}

#[test]
fn the_form_at_three_widths() {
    assert_snapshot!("form-80x24", busy((80, 24)).keys("n").shot());
    assert_snapshot!("form-124x30", busy((124, 30)).keys("n").shot());
    assert_snapshot!("form-160x45", busy((160, 45)).keys("n").shot());
}

#[test]
fn help() {
    assert_snapshot!(busy((80, 24)).keys("?").shot());
}

#[test]
fn questions_and_choices() {
    let mut console = busy((80, 24));
    assert_snapshot!("question", console.keys("q").shot());
    assert_snapshot!("picker", console.keys("<Esc> p me").shot());
    assert_snapshot!("filter", console.keys("<Esc> /T-48").shot());
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert_snapshot!("ready", console.keys("<Esc>").shot());
}

#[test]
fn too_small_is_said_politely() {
    let mut console = busy((80, 24));
    assert_snapshot!(console.resize(40, 10).shot());
}
