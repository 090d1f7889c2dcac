//! The JSON Schema of style files.

use super::Style;

/// The JSON Schema of style files: as [`Style`], with `extends` and no key required.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Style).to_value();
    relax(&mut schema);
    if let Some(properties) = schema.get_mut("properties").and_then(|one| one.as_object_mut()) {
        let extends = serde_json::json!({
            "description": "Name of a bundled style or path of a style file that this one changes. Default: `newsroom`.",
            "type": "string"
        });
        properties.insert("extends".to_owned(), extends);
    }
    schema
}

/// A style file says only what it changes: nothing is required of it but both ends of a length.
fn relax(schema: &mut serde_json::Value) {
    match schema {
        serde_json::Value::Object(map) => {
            let is_length = map
                .get("properties")
                .is_some_and(|one| one.get("narrow").is_some() && one.get("wide").is_some());
            if !is_length && map.get("required").is_some_and(serde_json::Value::is_array) {
                map.remove("required");
            }
            map.values_mut().for_each(relax);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(relax),
        _ => {}
    }
}
