/**
 * The local enforcement runtime without its surroundings: from a customer's snapshot, the shared bodies and the wallets as
 * last seen it decides checks and describes entitlements. Pure: no clock, no I/O, safe for use from any thread.
 */
package dev.weir.gateway.engine;
