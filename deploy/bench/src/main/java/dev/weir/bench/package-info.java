/** Benchmarks of the whole gateway process, from outside. */
package dev.weir.bench;
