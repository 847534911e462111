// Figures for people.

/** The middle and the most of some milliseconds, in seconds. */
export function spread(milliseconds) {
    const sorted = [...milliseconds].sort((a, b) => a - b);
    const told = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((value) => (value / 1000).toFixed(1));
    return told.join(' (most: ') + ')';
}
