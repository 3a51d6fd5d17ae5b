/** Measures resolution itself, on one core, beside writing down what comes of it. */
package dev.weir.bench.resolve;
