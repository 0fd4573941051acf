//! Comments around a table that goes. Those right above its heading speak of it and go along; what stands further up,
//! behind an empty line, speaks of something else and stays, above the table that comes next.

use toml_edit::{DocumentMut, Item, Table};

/// Hands the comments of a removed table that do not speak of it to what follows it.
pub(super) fn keep(document: &mut DocumentMut, removed: &Item) {
    let Some((position, above)) = removed.as_table().and_then(first) else { return };
    let Some(cut) = above.replace("\r\n", "\n").rfind("\n\n").map(|at| at + 1) else { return };
    let kept = above.replace("\r\n", "\n")[..cut].to_owned();
    if !kept.contains('#') {
        return;
    }
    let mut positions = Vec::new();
    gather(document.as_table(), &mut positions);
    match positions.into_iter().filter(|at| *at > position).min() {
        Some(next) => prepend(document.as_table_mut(), next, &kept),
        None => {
            let after = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{kept}{after}"));
        }
    }
}

/// Where a table stands, and what stands above its heading; for one without a heading, that of its first part.
fn first(table: &Table) -> Option<(isize, String)> {
    let above = || table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    match table.position() {
        Some(position) if !table.is_implicit() => Some((position, above())),
        _ => tables(table).filter_map(first).min_by_key(|(position, _)| *position),
    }
}

fn tables(table: &Table) -> impl Iterator<Item = &Table> {
    table.iter().flat_map(|(_, item)| {
        let many = item.as_array_of_tables().into_iter().flat_map(|many| many.iter());
        item.as_table().into_iter().chain(many)
    })
}

fn gather(table: &Table, positions: &mut Vec<isize>) {
    for inner in tables(table) {
        positions.extend(inner.position().filter(|_| !inner.is_implicit()));
        gather(inner, positions);
    }
}

fn prepend(table: &mut Table, position: isize, text: &str) {
    for (_, item) in table.iter_mut() {
        if let Some(many) = item.as_array_of_tables_mut() {
            many.iter_mut().for_each(|inner| above(inner, position, text));
        }
        if let Some(inner) = item.as_table_mut() {
            above(inner, position, text);
        }
    }
}

fn above(table: &mut Table, position: isize, text: &str) {
    if table.position() == Some(position) && !table.is_implicit() {
        let before = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let all = format!("{text}{before}");
        table.decor_mut().set_prefix(all);
    } else {
        prepend(table, position, text);
    }
}
