#!/usr/bin/env bash
# Every number of a release, in this folder, with the virtual environment active:
#
#   ./release.sh retrain SETS RUNS             measures the waves, trains all 45 networks (five to six hours on one free core)
#   ./release.sh reproduce SETS RUNS VERSION   from their checkpoints to the shipped model, its card and all tables
#
# SETS holds ptbxl/, nstdb/, cinc2011/ and cinc2017/, unpacked; RUNS lies outside the repository. Stopped and started again, both go on.
set -euo pipefail
step=$1 sets=$2 runs=$3
model=../public/models/efficientecg
waves=("$runs"/features/records500.jsonl "$runs"/features/recordsz250.jsonl)
beats=("$runs"/features/beats-records500.jsonl "$runs"/features/beats-recordsz250.jsonl)
set_of=(--data "$sets/ptbxl" --cache "$runs/cache")

measure() { (cd .. && npx tsx bench/run.ts bench/measure.ts "$@"); }

retrain() {
  for kind in records500 recordsz250; do
    measure "$sets/ptbxl/$kind" "$runs/features/$kind.jsonl"
    measure "$sets/ptbxl/$kind" "$runs/features/beats-$kind.jsonl" beats
  done
  python -m efficientecg.queue "${set_of[@]}" --noise "$sets/nstdb" --cinc2011 "$sets/cinc2011" --waves "${waves[@]}" --beats "${beats[@]}" --runs "$runs" \
    waves:1-2 waves:3-4 waves:5-6 waves:7-8 waves: wang:1-2 wang:3-4 wang:5-6 wang: waves:7-8:{1,2} wang:7-8:{0,1} \
    distil:1-2 distil:3-4 distil:5-6 distil:7-8 distil: {ecg,beside,base,lstm,waves-wide}:7-8:{0,1,2} wang:7-8:2 \
    distil-more:7-8 waves-pretrained:7-8 waves-warp:7-8 waves-still:7-8 \
    waves-short:7-8 waves-wide-short:7-8 waves-noise:7-8 waves-mixup:7-8 more:3-4 more:5-6 more:7-8
  python -m efficientecg.last_weights "${set_of[@]}" --waves "${waves[@]}" --runs "$runs"
  python -m efficientecg.extend "${set_of[@]}" --waves "${waves[@]}" --runs "$runs"
}

reproduce() {
  local final=$runs/extended-s0-final
  python -m efficientecg.degrade --data "$sets/ptbxl" --noise "$sets/nstdb" --out "$runs/degraded"
  for kind in cinc2011 cinc2017; do measure "$sets/$kind" "$runs/features/$kind.jsonl"; done
  measure "$runs/degraded" "$runs/features/degraded.jsonl"
  python -m efficientecg.calibrate --data "$sets/ptbxl" --predictions "$runs"/extended-s0-without-*/predictions.npz --out "$final"
  python -m efficientecg.convert --run "$final" --out $model --version "$1"
  python -m efficientecg.rounding "${set_of[@]}" --waves "${waves[@]}" --runs "$runs"
  python -m efficientecg.prevalence --data "$sets/ptbxl" --model $model
  (cd .. && npx tsx src/simulator/golden.ts "$runs/golden")
  python -m efficientecg.golden --inputs "$runs/golden" --model $model --out ../src/inference/golden
  # Opens fold 9.
  python -m efficientecg.evaluate "${set_of[@]}" --waves "${waves[@]}" --model $model --out-of-fold "$final"
  python -m efficientecg.reliability --data "$sets/ptbxl" --predictions "$runs"/extended-s0-without-*/predictions.npz --model $model
  python -m efficientecg.robustness "${set_of[@]}" --noise "$sets/nstdb" --runs "$runs" --model $model \
    --waves "${waves[@]}" "$runs/features/degraded.jsonl"
  python -m efficientecg.card --model $model --out ../docs/model-card.md
  python -m efficientecg.compare --data "$sets/ptbxl" --runs "$runs" --out ../docs/training.md
  python -m efficientecg.cinc_trunks --data "$sets/cinc2017" --runs "$runs" --out ../docs/training.md ecg beside base waves wang
  python -m efficientecg.abstain "${set_of[@]}" --cinc2011 "$sets/cinc2011" --runs "$runs" --out ../docs/training.md \
    --waves "${waves[@]}" "$runs/features/cinc2011.jsonl"
  (cd .. && npx tsx bench/quality-features.ts "$sets/cinc2011" "$runs/features/cinc2011-quality.jsonl")
  python -m efficientecg.cinc2011 --data "$sets/cinc2011" --features "$runs/features/cinc2011-quality.jsonl" \
    --model ../public/models/quality --document ../docs/training.md
  (cd .. && npx tsx bench/run.ts bench/rhythm-features.ts "$sets/cinc2017" "$runs/features/cinc2017-rhythm.jsonl")
  python -m efficientecg.rhythm_network --data "$sets/cinc2017" --run "$runs/rhythm-network"
  python -m efficientecg.rhythm --data "$sets/cinc2017" --features "$runs/features/cinc2017-rhythm.jsonl" \
    --run "$runs/rhythm-network" --models ../public/models --document ../docs/training.md
  (cd .. && npx tsx bench/run.ts bench/beat-numbers.ts "$sets/mitdb" "$runs/features/beats.jsonl")
  python -m efficientecg.mitbih --beats "$runs/features/beats.jsonl" --document ../docs/training.md
  python -m efficientecg.heads --models ../public/models --out ../src/inference/golden-heads
  python -m efficientecg.cinc2017 --data "$sets/cinc2017" --waves "$runs/features/cinc2017.jsonl" --model $model --cache "$runs/cache"
  python -m efficientecg.page_parity prepare --data "$sets/ptbxl" --out "$runs/page50"
  (cd .. && npm run -s build && npm run -s read -- --backend wasm --demographics "$runs/page50/people.csv" \
    "$runs/page50/records" > "$runs/page50/page.jsonl")
  python -m efficientecg.page_parity compare --data "$sets/ptbxl" --out "$runs/page50" --model $model --waves "${waves[@]}"
}

case $step in
  retrain) retrain ;;
  reproduce) reproduce "$4" ;;
  *) echo "usage: ./release.sh retrain|reproduce SETS RUNS [VERSION]" && exit 2 ;;
esac
