package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.customers.domain.Lookup;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StubServices.class)
class LoadTest extends EdgeTest {

    /** Events come on the broker client's threads, which Vert.x does not know. */
    @Test
    void loadsFromAnyThread() {
        String customer = someone();
        exists(customer, 3, 10);

        for (int i = 0; i < 3000; i++) {
            Lookup found = cache.refresh(customer, i).join();

            assertThat(found).isInstanceOf(Lookup.Known.class);
        }
    }
}
