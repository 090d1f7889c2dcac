//! Places that a coarse source lacks, taken from a finer one.

use crate::arcs::Topology;
use std::collections::HashMap;

/// Adds the places of `finer` that `coarse` lacks, with arcs of their own: at a small scale no place
/// may vanish. They lie above whatever polygon the coarser source drew over them.
pub fn add_missing(coarse: &mut Topology<String>, finer: &Topology<String>) {
    let mut copied: HashMap<usize, usize> = HashMap::new();
    for (code, polygons) in &finer.shapes {
        if coarse.shapes.contains_key(code) {
            continue;
        }
        let mut polygons = polygons.clone();
        for reference in polygons.iter_mut().flatten().flatten() {
            let next = coarse.arcs.len();
            let arc = *copied.entry(reference.arc).or_insert(next);
            if arc == next {
                coarse.arcs.push(finer.arcs[reference.arc].clone());
            }
            reference.arc = arc;
        }
        coarse.shapes.insert(code.clone(), polygons);
    }
}
