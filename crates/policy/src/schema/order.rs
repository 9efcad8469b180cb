//! Putting the children of an element in the grammar's order, as an edit of the file.
//!
//! Each element takes along what belongs to it: the comments and blank lines above it, and a comment that follows it on its
//! own line. What nothing of the grammar is known about stays behind the element that it follows.

use super::{Child, walk};
use crate::diagnostic::Edit;
use crate::xml::{Node, Reader};

/// The names of what a parent holds, each once, in the grammar's order.
pub(super) fn names(parent: Node<'_>, children: &[Child]) -> Vec<&'static str> {
    let there = |name: &str| parent.children().any(|node| node.is_element() && node.tag_name().name() == name);
    children.iter().map(|child| child.element.name).filter(|name| there(name)).collect()
}

/// A child with its surroundings.
struct Piece<'a> {
    rank: usize,
    text: &'a str,
}

/// The edit that orders the children of a node. Applied twice it is the same as once.
pub(super) fn in_order(reader: &Reader<'_>, parent: Node<'_>, children: &[Child]) -> Option<Edit> {
    let source = parent.document().input_text();
    let (start, pieces) = pieces(source, parent, children)?;
    let mut sorted: Vec<&Piece<'_>> = pieces.iter().collect();
    sorted.sort_by_key(|piece| piece.rank);
    let same = |(one, other): &(&Piece<'_>, &&Piece<'_>)| std::ptr::eq(*one, **other);
    let head = pieces.iter().zip(&sorted).take_while(same).count();
    let tail = pieces[head..].iter().rev().zip(sorted[head..].iter().rev()).take_while(same).count();
    let length = |pieces: &[Piece<'_>]| pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
    let middle = head..pieces.len() - tail;
    let from = start + length(&pieces[..head]);
    let span = reader.at(from..from + length(&pieces[middle.clone()]));
    Some(Edit::replace(span, sorted[middle].iter().map(|piece| piece.text).collect::<String>()))
}

/// Where the children begin, and each of them; together they are the file's text up to the end of the last one.
fn pieces<'a>(source: &'a str, parent: Node<'a>, children: &[Child]) -> Option<(usize, Vec<Piece<'a>>)> {
    let first = parent.first_child()?.range().start;
    let (mut start, mut rank, mut pieces) = (first, 0, Vec::new());
    for node in parent.children().filter(Node::is_element) {
        rank = walk::rank(node, children, 0).unwrap_or(rank);
        let end = end_of_line(source, node);
        pieces.push(Piece { rank, text: source.get(start..end)? });
        start = end;
    }
    Some((first, pieces))
}

/// Where a node ends, with the comments behind it on the same line.
fn end_of_line(source: &str, node: Node<'_>) -> usize {
    let mut end = node.range().end;
    for next in node.next_siblings().skip(1) {
        let between = source.get(node.range().end..next.range().end).unwrap_or("\n");
        if next.is_element() || (next.is_comment() && between.contains('\n')) {
            break;
        }
        if next.is_comment() {
            end = next.range().end;
        } else if next.text().is_none_or(|text| text.contains('\n')) {
            break;
        }
    }
    end
}
