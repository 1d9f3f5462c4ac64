/** Weights of workload as they are stored, `households=1,incidents=2`, and as numbers by kind. */

export function readWeights(text: string): Record<string, number> {
  const pairs = text.split(',').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.flatMap(([kind, weight]) => (kind && weight ? [[kind, Number(weight)]] : [])))
}

export function writeWeights(weights: Record<string, number>): string {
  return Object.entries(weights).map(([kind, weight]) => `${kind}=${weight}`).join(',')
}
