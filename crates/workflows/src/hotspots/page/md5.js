// MD5 (RFC 1321) of a text whose letters are bytes, as routers' challenges are. Nothing else is safe to do with it.
function hexMD5(text) {
  "use strict";
  var shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21], table = [], words = [], nth;
  for (nth = 0; nth < 64; nth++) table[nth] = Math.floor(Math.abs(Math.sin(nth + 1)) * 4294967296) | 0;
  for (nth = 0; nth < text.length; nth++) words[nth >> 2] |= (text.charCodeAt(nth) & 255) << ((nth % 4) * 8);
  words[nth >> 2] |= 128 << ((nth % 4) * 8);
  var length = (((text.length + 8) >> 6) + 1) * 16;
  words[length - 2] = text.length * 8;
  var state = [1732584193, -271733879, -1732584194, 271733878];
  for (var block = 0; block < length; block += 16) {
    var a = state[0], b = state[1], c = state[2], d = state[3];
    for (nth = 0; nth < 64; nth++) {
      var round = nth >> 4, mixed, place;
      if (round === 0) { mixed = (b & c) | (~b & d); place = nth; }
      else if (round === 1) { mixed = (d & b) | (~d & c); place = (5 * nth + 1) % 16; }
      else if (round === 2) { mixed = b ^ c ^ d; place = (3 * nth + 5) % 16; }
      else { mixed = c ^ (b | ~d); place = (7 * nth) % 16; }
      var sum = (a + mixed + table[nth] + (words[block + place] | 0)) | 0, shift = shifts[round * 4 + (nth % 4)];
      a = d; d = c; c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
  }
  return state.map(function (word) {
    var hex = "";
    for (var byte = 0; byte < 4; byte++) hex += ("0" + ((word >>> (byte * 8)) & 255).toString(16)).slice(-2);
    return hex;
  }).join("");
}
