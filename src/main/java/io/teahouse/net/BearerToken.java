package io.teahouse.net;

import java.util.Optional;

/** The token that an HTTP request carries: {@code Authorization: Bearer TOKEN} (RFC 6750 §2.1). */
public final class BearerToken {
    /** Case does not count (RFC 9110 §11.1). */
    private static final String SCHEME = "bearer ";

    private BearerToken() {}

    /**
     * Takes the token out of a field; empty: there is none.
     *
     * @param authorization the field of that name, if the request has it
     */
    public static Optional<String> of(Optional<String> authorization) {
        return authorization
                .filter(field -> field.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(field -> field.substring(SCHEME.length()).strip());
    }
}
