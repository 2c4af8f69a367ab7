/** Weights nIn x nOut, row-major, and a bias for each output. */
export type Layer = { nIn: number; nOut: number; weights: number[]; biases: number[] };

/** What the layers after the first say, given what arrives at the first one's outputs (before its bend). */
export function finishLayers(layers: Layer[], arrived: Float64Array): number {
  let values = arrived;
  for (const { nOut, weights, biases } of layers.slice(1)) {
    const next = Float64Array.from(biases);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value > 0) for (let o = 0; o < nOut; o++) next[o]! += value * weights[i * nOut + o]!;
    }
    values = next;
  }
  return values[0]!;
}

/** Adds `value` at input `i` to what arrives at the first layer's outputs. */
export function addInput({ nOut, weights }: Layer, i: number, value: number, arrived: Float64Array): void {
  for (let o = 0; o < nOut; o++) arrived[o]! += value * weights[i * nOut + o]!;
}

/** What arrives at the first layer's outputs for these inputs. */
export function enterLayer(layer: Layer, inputs: Float64Array): Float64Array {
  const arrived = Float64Array.from(layer.biases);
  for (let i = 0; i < inputs.length; i++) addInput(layer, i, inputs[i]!, arrived);
  return arrived;
}
