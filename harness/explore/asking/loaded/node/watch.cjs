// Has a program of Node's tell which of its lines it reaches: each once, as FILE:LINE, in the file that CHATSPEC_REACHED names.
//
// Node loads it before the program (--require in NODE_OPTIONS). What V8 has counted is told whenever a connection of a server has
// closed, and when the program ends.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { Session } = require('node:inspector');
const v8 = require('node:v8');

const told = new Set();
const lineStarts = new Map(); // by file

function startsOf(file) {
  if (!lineStarts.has(file)) {
    const text = fs.readFileSync(file, 'utf8');
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    lineStarts.set(file, starts);
  }
  return lineStarts.get(file);
}

// The first line that begins at or behind an offset.
function firstLineFrom(starts, offset) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The lines that were reached, counted from 0. Ranges are from the outer to the inner.
function linesOf(functions, starts) {
  const reached = new Set();
  for (const { ranges } of functions) {
    if (ranges[0].count === 0) continue;
    for (const { startOffset, endOffset, count } of ranges) {
      const first = count > 0 ? Math.max(0, firstLineFrom(starts, startOffset + 1) - 1) : firstLineFrom(starts, startOffset);
      for (let line = first; line < starts.length && starts[line] < endOffset; ++line) {
        if (count > 0) reached.add(line);
        else reached.delete(line);
      }
    }
  }
  return reached;
}

function tell(session, file) {
  session.post('Profiler.takePreciseCoverage', (error, coverage) => {
    if (error) return;
    let added = '';
    for (const { url, functions } of coverage.result) {
      if (!url.startsWith('file:') || url.includes('/node_modules/')) continue;
      const name = fileURLToPath(url);
      if (name === __filename) continue;
      for (const line of linesOf(functions, startsOf(name))) {
        const place = `${path.basename(name)}:${line + 1}\n`;
        if (!told.has(place)) added += place;
        told.add(place);
      }
    }
    if (added) fs.writeSync(file, added);
  });
}

function watch() {
  const file = fs.openSync(process.env.CHATSPEC_REACHED, 'a');
  // Else V8 sets itself a timer to collect garbage when counting begins, and nobody can see that the program will do nothing.
  v8.setFlagsFromString('--no-memory-reducer-for-small-heaps');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const tellAll = () => {
    try {
      tell(session, file);
    } catch {
      // What cannot be told is not told.
    }
  };
  require('node:diagnostics_channel').subscribe('net.server.socket', ({ socket }) => socket.on('close', tellAll));
  process.on('exit', tellAll);
}

try {
  if (process.env.CHATSPEC_REACHED) watch();
} catch {
  // Then the program runs unwatched.
}
