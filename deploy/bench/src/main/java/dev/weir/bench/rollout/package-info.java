/** Measures how a catalog change reaches many subscriptions, beside writing and publishing the same with nothing decided. */
package dev.weir.bench.rollout;
