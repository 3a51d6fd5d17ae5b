/**
 * Whole-system tests: a client of the public API, through the gateway, of a stack of real processes. What they know of Weir is
 * what its API says.
 */
package dev.weir.e2e;
