"""Makes everything in `data/` that the program is built from. Run by `run.sh`."""

import admin1
import borders
import claims
import indicators
import places


def main():
    rows = places.countries() | places.states()
    names = {code: row["name"] for code, row in rows.items()}
    polygons = borders.write_borders(names)
    claims.write_claim_lines()
    fips = {r["numeric"]: (c, r["name"]) for c, r in rows.items() if r["level"] == "us-state"}
    polygons |= borders.write_states(fips)
    places.write_places(rows, polygons)
    places.write_names(rows)
    places.write_codes(rows)
    places.write_regions(rows)
    places.write_groups()
    admin1.write_admin1(rows)
    indicators.write_world(rows)
    indicators.write_us(rows, polygons)


if __name__ == "__main__":
    main()
