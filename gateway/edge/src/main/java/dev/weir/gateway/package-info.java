/** The API everyone calls: the edge that routes, checks tokens, and answers checks and entitlements from memory. */
package dev.weir.gateway;
