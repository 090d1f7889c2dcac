// Writes d3.tsv.gz: the area of every country as d3-geo draws it, against which our outlines are tested, and how far
// our outlines depart from d3's, by the area of the symmetric difference.
//
//     cargo test --test d3 -- --ignored              writes our outlines to target/d3/
//     npm install --prefix target/d3 d3-geo@3.1.2 d3-geo-projection@4.0.0
//     node tests/reference/d3.mjs
//
// A line: detail, projection, longitude, latitude and turn of the centre, the disc's area in px², the largest symmetric
// difference of a country, that of all countries together, both in millionths of the disc, and for each country of the
// first line its area in millionths of the disc.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";

const root = new URL("../../", import.meta.url);
const folder = new URL("target/d3/", root);
const require = createRequire(new URL("package.json", folder));
const load = async (name) => import(pathToFileURL(require.resolve(name)).href).catch(() => require(name));
const d3 = { ...(await load("d3-geo")), ...(await load("d3-geo-projection")) };

const MAKE = {
  "equal-earth": d3.geoEqualEarth,
  "natural-earth": d3.geoNaturalEarth1,
  mercator: d3.geoMercator,
  equirectangular: d3.geoEquirectangular,
  orthographic: d3.geoOrthographic,
  "lambert-azimuthal-equal-area": d3.geoAzimuthalEqualArea,
  "azimuthal-equidistant": d3.geoAzimuthalEquidistant,
  stereographic: d3.geoStereographic,
  gnomonic: d3.geoGnomonic,
  mollweide: d3.geoMollweide,
  "winkel-tripel": d3.geoWinkel3,
  hammer: d3.geoHammer,
};
// Px between the lines along which areas are measured.
const STEP = 0.25;

// d3's stereographic has half the scale of Snyder's, and turns run the other way.
function projection(name, [lon, lat, roll], scale) {
  const times = name === "stereographic" ? 2 : 1;
  return MAKE[name]().scale(scale * times).translate([0, 0]).rotate([-lon, -lat, -roll]).precision(0.05);
}

/** The rings of a shape as d3 draws it. */
function rings(made, shape) {
  const all = [];
  const context = {
    beginPath() {},
    moveTo(x, y) { all.push([[x, y]]); },
    lineTo(x, y) { all[all.length - 1].push([x, y]); },
    closePath() {},
    arc() {},
  };
  d3.geoPath(made, context)(shape);
  return all;
}

/** Where lines at y = (k + 1/2) STEP cross the rings: k, x. */
function crossings(all, into, side) {
  for (const ring of all) {
    for (let i = 0; i < ring.length; i++) {
      let a = ring[i], b = ring[(i + 1) % ring.length];
      if (a[1] > b[1]) [a, b] = [b, a];
      const from = Math.ceil(a[1] / STEP - 0.5), to = Math.ceil(b[1] / STEP - 0.5);
      for (let k = from; k < to; k++) {
        const t = ((k + 0.5) * STEP - a[1]) / (b[1] - a[1]);
        into.push([k, a[0] + (b[0] - a[0]) * t, side]);
      }
    }
  }
}

/** Areas of both sets of rings, by the even-odd rule, and of what is in one of them only. */
function compare(ours, theirs) {
  const all = [];
  crossings(ours, all, 0);
  crossings(theirs, all, 1);
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const area = [0, 0];
  let apart = 0;
  let inside = [false, false];
  for (let i = 0; i + 1 < all.length; i++) {
    inside[all[i][2]] = !inside[all[i][2]];
    if (all[i][0] !== all[i + 1][0]) {
      inside = [false, false];
      continue;
    }
    const width = (all[i + 1][1] - all[i][1]) * STEP;
    if (inside[0]) area[0] += width;
    if (inside[1]) area[1] += width;
    if (inside[0] !== inside[1]) apart += width;
  }
  return { ours: area[0], theirs: area[1], apart };
}

/** Our rings of each country. */
function outlines(file, count) {
  const bytes = readFileSync(new URL(file, folder));
  let at = 0;
  const whole = () => (at += 4, bytes.readUInt32LE(at - 4));
  const real = () => (at += 4, bytes.readFloatLE(at - 4));
  return Array.from({ length: count }, () =>
    Array.from({ length: whole() }, () => Array.from({ length: whole() }, () => [real(), real()])));
}

const { scale, cases, details } = JSON.parse(readFileSync(new URL("cases.json", folder)));
const lines = [];
for (const detail of details) {
  const { codes, shapes } = JSON.parse(readFileSync(new URL(`${detail}.json`, folder)));
  lines.push(["codes", detail, ...codes].join("\t"));
  for (const [number, { name, turn }] of cases.entries()) {
    const made = projection(name, turn, scale);
    const disc = compare(rings(made, { type: "Sphere" }), []).ours;
    const mine = outlines(`${detail}-${number}.bin`, codes.length);
    let largest = 0, all = 0, where = "";
    const areas = shapes.map((coordinates, k) => {
      const found = compare(mine[k], rings(made, { type: "MultiPolygon", coordinates }));
      all += found.apart;
      if (found.apart > largest) [largest, where] = [found.apart, codes[k]];
      return Math.round((found.theirs / disc) * 1e6);
    });
    const millionths = (area) => ((area / disc) * 1e6).toFixed(1);
    console.log(detail, name, turn.join(","), `largest ${millionths(largest)} (${where})`, `all ${millionths(all)}`);
    lines.push([detail, name, ...turn, disc.toFixed(1), millionths(largest), millionths(all), ...areas].join("\t"));
  }
}
writeFileSync(new URL("tests/reference/d3.tsv.gz", root), gzipSync(lines.join("\n") + "\n", { level: 9 }));
