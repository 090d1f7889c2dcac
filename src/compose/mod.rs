//! Every mark placed: map, labels, callouts, flows, legend, furniture, insets and charts → Scene.
pub mod labels;
