//! Facts that travel in the figure's metadata.

use crate::plan::Plan;

/// Source, borders, and the digests of the inputs.
pub(super) fn metadata(plan: &Plan, borders: &str, digests: &[(String, String)]) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(source) = &plan.words.source {
        facts.push(("Source".to_owned(), source.text()));
    }
    facts.push(("Borders".to_owned(), borders.to_owned()));
    for (name, digest) in digests {
        facts.push(("Input-SHA256".to_owned(), format!("{digest} {}", base_name(name))));
    }
    facts
}

/// The last part of a path: folders of a machine have no place in a figure.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// SHA-256, hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
