/**
 * The demo: an application that sells AI features, in small. It knows Weir only by its public API; every figure that it prints
 * comes from there.
 */
package dev.weir.demo;
