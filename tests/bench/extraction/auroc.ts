/** Area under the ROC curve of a confidence: the chance that a right value has more of it than a wrong one; ties count half. Null without both. */
export function auroc(judged: readonly { readonly confidence: number; readonly correct: boolean }[]): number | null {
  const right = judged.filter(({ correct }) => correct);
  const wrong = judged.filter(({ correct }) => !correct);
  if (right.length === 0 || wrong.length === 0) return null;
  let wins = 0;
  for (const a of right)
    for (const b of wrong) wins += a.confidence > b.confidence ? 1 : a.confidence === b.confidence ? 0.5 : 0;
  return wins / (right.length * wrong.length);
}
