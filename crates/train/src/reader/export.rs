//! From the trained network to the model's file.

use rashomon_language::network::{FLAG_COUNT, Header, Matrix, Packed, write_model};

use crate::reader::layers::Recurrent;
use crate::reader::lexicon::PieceTable;
use crate::reader::names::KINDS;
use crate::reader::network::Network;
use crate::reader::parameters::{Linear, Norm};

/// Returns the bytes of the model's file. The table of word pieces is put through its linear map once and for all.
pub(crate) fn model_file(
    network: &Network,
    table: &PieceTable,
    keys: &[String],
    tags: &[String],
    relations: &[String],
) -> Vec<u8> {
    let sizes = network.sizes;
    let tensors = &network.parameters.tensors;
    let header = Header {
        width: sizes.width,
        shared_layers: sizes.shared,
        tree_layers: sizes.trees,
        name_layers: sizes.names,
        arc_width: sizes.arc,
        relation_width: sizes.relation,
        flags: FLAG_COUNT,
        tags: tags.to_vec(),
        relations: relations.to_vec(),
        kinds: KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
        ..Header::default()
    };
    let vectors = Matrix {
        rows: table.pieces.len(),
        columns: table.width,
        values: table.values.clone(),
    };
    let rows = Packed::new(&tensors[network.pieces.weights], table.width, sizes.width).multiply(&vectors);
    let mut list: Vec<Vec<f32>> = Vec::new();
    let mut take = |id: usize| list.push(tensors[id].clone());
    take(network.pieces.bias);
    let norm = |norm: Norm, take: &mut dyn FnMut(usize)| {
        take(norm.gain);
        take(norm.bias);
    };
    let linear = |map: Linear, take: &mut dyn FnMut(usize)| {
        take(map.weights);
        take(map.bias);
    };
    let layers = |layers: &[Recurrent], take: &mut dyn FnMut(usize)| {
        for layer in layers {
            norm(layer.norm, take);
            linear(layer.map, take);
        }
    };
    norm(network.entry, &mut take);
    layers(&network.shared, &mut take);
    layers(&network.trees, &mut take);
    norm(network.tree_norm, &mut take);
    linear(network.tags, &mut take);
    linear(network.dependents, &mut take);
    linear(network.heads, &mut take);
    linear(network.arc, &mut take);
    take(network.root_head);
    linear(network.relation_dependents, &mut take);
    linear(network.relation_heads, &mut take);
    take(network.root_relation);
    linear(network.relations, &mut take);
    take(network.flags);
    layers(&network.names, &mut take);
    norm(network.name_norm, &mut take);
    linear(network.labels, &mut take);
    write_model(
        header,
        (&table.pieces, &rows.values),
        (keys, &network.table),
        &list,
    )
}
