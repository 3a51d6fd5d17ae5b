package dev.weir.entitlement.contract;

import java.util.Objects;

/** An add-on held, by the content hash of its version. */
public record AddonPart(String addonHash, int quantity) {
    public AddonPart {
        Objects.requireNonNull(addonHash, "addonHash");
    }
}
