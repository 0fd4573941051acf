//! The pages inside the program load, and say what providers need.

use roomkey::provider::catalog::Catalog;

#[test]
fn every_embedded_page_loads() {
    let catalog = Catalog::embedded();
    let mut faults = Vec::new();
    for id in catalog.ids() {
        match catalog.page(id).expect("a page of this id") {
            Ok(page) => assert_eq!(page.id, id),
            Err(fault) => faults.push(fault.to_string()),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
