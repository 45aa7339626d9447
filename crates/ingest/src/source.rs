//! A stream of bytes, unpacked, with its first bytes seen and its size limited.

use std::io::{self, BufRead, BufReader, Read};

use crate::kind::{Packing, packing};
use crate::{IngestError, ReadOptions, RowPlace};

/// How many bytes of the start are looked at to tell what they are.
const HEAD: usize = 8192;

/// A stream of bytes, unpacked, with its first bytes seen and its size limited.
pub(crate) struct Source<'reader> {
    reader: BufReader<Box<dyn Read + 'reader>>,
    /// What messages call the stream.
    pub(crate) name: String,
    /// The first bytes, at most [`HEAD`]; they are still to be read.
    pub(crate) head: Vec<u8>,
    /// How the stream is packed.
    packing: Packing,
    limit: u64,
    left: u64,
}

impl<'reader> Source<'reader> {
    /// Returns the unpacked stream of `reader`.
    pub(crate) fn open(
        reader: &'reader mut (dyn Read + 'reader),
        name: &str,
        options: &ReadOptions,
    ) -> Result<Self, IngestError> {
        let mut source = Self::new(BufReader::new(Box::new(reader)), Packing::Plain, name, options);
        source.look()?;
        let packing = packing(&source.head);
        let unpacking: Box<dyn Read + 'reader> = match packing {
            Packing::Plain => return Ok(source),
            Packing::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(source.reader)),
            Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(source.reader) {
                Ok(decoder) => Box::new(decoder),
                Err(error) => {
                    return Err(IngestError::Compression {
                        path: name.to_owned(),
                        format: "zstd",
                        reason: error.to_string(),
                    });
                }
            },
        };
        let mut source = Self::new(BufReader::new(unpacking), packing, name, options);
        source.look()?;
        Ok(source)
    }

    /// Returns a stream of bytes that are in memory.
    pub(crate) fn of_bytes(bytes: Vec<u8>, name: &str, options: &ReadOptions) -> Source<'static> {
        let head = bytes.get(..HEAD).unwrap_or(&bytes).to_vec();
        let reader: Box<dyn Read> = Box::new(io::Cursor::new(bytes));
        let mut source = Source::new(BufReader::new(reader), Packing::Plain, name, options);
        source.head = head;
        source
    }

    /// Returns a stream of which nothing was seen yet.
    fn new(
        reader: BufReader<Box<dyn Read + 'reader>>,
        packing: Packing,
        name: &str,
        options: &ReadOptions,
    ) -> Self {
        Self {
            reader,
            name: name.to_owned(),
            head: Vec::new(),
            packing,
            limit: options.max_file_bytes,
            left: options.max_file_bytes,
        }
    }

    /// Fills `head`, and puts it back before the rest.
    fn look(&mut self) -> Result<(), IngestError> {
        let mut head = Vec::new();
        if let Err(error) = (&mut self.reader).take(HEAD as u64).read_to_end(&mut head) {
            return Err(self.error(error));
        }
        let empty: Box<dyn Read + 'reader> = Box::new(io::empty());
        let rest = std::mem::replace(&mut self.reader, BufReader::with_capacity(0, empty));
        self.reader = BufReader::new(Box::new(io::Cursor::new(head.clone()).chain(rest)));
        self.head = head;
        Ok(())
    }

    /// Reads the next line into `line`, which is emptied before, with the line end if there is one. Returns `Ok(false)`
    /// at the end. A line of more than `limit` bytes is read past to its end and gives `Err(None)`; other failures end
    /// the stream and give `Err(Some(_))`.
    pub(crate) fn next_line(&mut self, line: &mut Vec<u8>, limit: u64) -> Result<bool, Option<IngestError>> {
        line.clear();
        let mut too_long = false;
        let mut started = false;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Some(self.error(error))),
            };
            if available.is_empty() {
                break;
            }
            started = true;
            let end = available.iter().position(|&byte| byte == b'\n');
            let length = end.map_or(available.len(), |end| end + 1);
            if self.left < length as u64 {
                return Err(Some(self.too_large()));
            }
            if too_long || (line.len() + length) as u64 > limit {
                too_long = true;
                *line = Vec::new();
            } else {
                line.extend_from_slice(available.get(..length).unwrap_or_default());
            }
            self.left -= length as u64;
            self.reader.consume(length);
            if end.is_some() {
                break;
            }
        }
        if too_long { Err(None) } else { Ok(started) }
    }

    /// Appends all that is left to `bytes`; an error when `bytes` grows over `limit` bytes, naming `what`.
    pub(crate) fn read_rest(
        &mut self,
        bytes: &mut Vec<u8>,
        limit: u64,
        what: &'static str,
    ) -> Result<(), IngestError> {
        let allowed = limit.saturating_sub(bytes.len() as u64).min(self.left);
        match (&mut self.reader).take(allowed + 1).read_to_end(bytes) {
            Ok(count) if count as u64 > self.left => Err(self.too_large()),
            Ok(count) if count as u64 > allowed => Err(IngestError::TooLarge {
                path: self.name.clone(),
                place: RowPlace::Whole,
                what,
                limit,
            }),
            Ok(count) => {
                self.left -= count as u64;
                Ok(())
            }
            Err(error) => Err(self.error(error)),
        }
    }

    /// Drops the first `count` bytes.
    pub(crate) fn skip(&mut self, count: usize) -> Result<(), IngestError> {
        let mut dropped = Vec::new();
        if let Err(error) = (&mut self.reader).take(count as u64).read_to_end(&mut dropped) {
            return Err(self.error(error));
        }
        self.head.drain(..count.min(self.head.len()));
        Ok(())
    }

    /// Returns the error for a stream over its limit.
    fn too_large(&self) -> IngestError {
        IngestError::TooLarge {
            path: self.name.clone(),
            place: RowPlace::Whole,
            what: "the unpacked file",
            limit: self.limit,
        }
    }

    /// Returns what a failure of the stream means.
    fn error(&self, source: io::Error) -> IngestError {
        let format = match self.packing {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Plain => {
                return IngestError::Unreadable {
                    path: self.name.clone(),
                    source,
                };
            }
        };
        match source.kind() {
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::Other => IngestError::Compression {
                path: self.name.clone(),
                format,
                reason: source.to_string(),
            },
            _ => IngestError::Unreadable {
                path: self.name.clone(),
                source,
            },
        }
    }
}
