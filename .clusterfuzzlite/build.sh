#!/usr/bin/env bash
# Called by OSS-Fuzz and ClusterFuzzLite with CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, SRC, WORK and OUT set: leaves in $OUT each
# target, and beside it its seeds, dictionary and options. ci/oss-fuzz-build calls it in the same way without their image.
set -euo pipefail
cd "$SRC/chatspec"
export CXXFLAGS="${CXXFLAGS//-stdlib=libc++/}"

cmake -G Ninja -B "$WORK/chatspec" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCHATSPEC_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" \
  -DCHATSPEC_TESTS=OFF -DCHATSPEC_BENCHMARKS=OFF \
  -DCMAKE_BUILD_RPATH='$ORIGIN/lib'
cmake --build "$WORK/chatspec" --target fuzzers

for options in fuzz/*.options; do
  target=$(basename "$options" .options)
  [ "$target" != canary ] || continue  # it is meant to fail
  cp "$WORK/chatspec/fuzzers/fuzz_$target" "$OUT/"
  cp "$options" "$OUT/fuzz_$target.options"
  (cd "fuzz/$target" && python3 -m zipfile -c "$OUT/fuzz_${target}_seed_corpus.zip" ./*)
done
cp fuzz/*.dict "$OUT/"
mkdir -p "$OUT/lib"  # what the machine that runs them does not have
find /usr/lib \( -name 'libbotan-2.so*' -o -name 'libfmt.so*' -o -name 'libexpat.so*' -o -name 'libcmark-gfm*.so*' \) -exec cp --no-dereference {} "$OUT/lib/" \;
