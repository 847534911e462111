// Chance that can be repeated: the same seed gives the same numbers (mulberry32).

export class Random {
    #state;

    constructor(seed) {
        this.#state = seed >>> 0;
    }

    // In [0, 1).
    next() {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let t = this.#state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    // From 0 to below `end`.
    below(end) {
        return Math.floor(this.next() * end);
    }

    chance(share) {
        return this.next() < share;
    }

    pick(items) {
        return items[this.below(items.length)];
    }

    // Up to `count` different ones, in their order.
    some(items, count) {
        const chosen = new Set();
        for (let n = 0; n < count; n += 1) {
            chosen.add(this.below(items.length));
        }
        return items.filter((_, index) => chosen.has(index));
    }
}
