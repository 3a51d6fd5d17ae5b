package dev.weir.simulators.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEvent;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.param.billing.MeterCreateParams;
import com.stripe.param.billing.MeterEventAdjustmentCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeteringTest {
    /** 2027-03-01T00:00:00Z: later than any machine that runs this will be for a while. */
    private static final long START = 1_803_859_200L;

    @TempDir
    Path data;

    private Fixture sim;

    @BeforeEach
    void start() throws Exception {
        sim = Fixture.start(data);
        sim.setClock(START + 7200);
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void countsAnIdentifierOnceInADay() throws Exception {
        Customer customer = sim.customer("Ada");
        Meter meter = sim.meter("calls");
        MeterEvent first = sim.use("calls", customer.getId(), 25, "one", START);

        assertThat(first.getIdentifier()).isEqualTo("one");
        assertThat(first.getPayload()).containsEntry("value", "25");
        assertThatThrownBy(() -> again(customer, "one", "other-key"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("An event already exists with identifier one")
                .satisfies(
                        e -> assertThat(((StripeException) e).getStatusCode()).isEqualTo(400));
        assertThat(hourly(meter, customer, START, START + 3600)).containsExactly("0:25");

        sim.advance(Duration.ofHours(25));
        again(customer, "one", "third-key");

        assertThat(hourly(meter, customer, START, START + 3600)).containsExactly("0:50");
    }

    @Test
    void takesNegativeValuesAndSumsByHourAndDayInPages() throws Exception {
        Customer customer = sim.customer("Ada");
        Meter meter = sim.meter("calls");
        sim.advance(Duration.ofDays(3));
        for (int hour = 0; hour < 30; hour++) {
            sim.use("calls", customer.getId(), hour, "h" + hour, START + hour * 3600L + 3599);
        }
        sim.use("calls", customer.getId(), -7, "less", START + 3600L);

        List<String> hours = hourly(meter, customer, START, START + 48 * 3600);

        assertThat(hours).hasSize(30).contains("0:0", "1:-6", "29:29");
        assertThat(summaries(
                        meter, customer, START, START + 172_800, MeterEventSummaryListParams.ValueGroupingWindow.DAY))
                .extracting(MeterEventSummary::getAggregatedValue)
                .containsExactly(BigDecimal.valueOf(24 + 25 + 26 + 27 + 28 + 29), BigDecimal.valueOf(276 - 7));
        assertThatThrownBy(() -> hourly(meter, customer, START + 60, START + 3600))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("aligned");
    }

    @Test
    void refusesWhatStripeRefuses() throws Exception {
        Customer customer = sim.customer("Ada");
        sim.meter("calls");
        String good = "event_name=calls&payload[stripe_customer_id]=" + customer.getId();

        assertThat(error(good + "&payload[value]=1.5")).isEqualTo("meter_event_invalid_value");
        assertThat(error(good + "&payload[value]=1234567890123456")).isEqualTo("meter_event_value_too_many_digits");
        assertThat(error(good + "&payload[value]=1&timestamp=" + (START - 36 * 86_400)))
                .isEqualTo("timestamp_too_far_in_past");
        assertThat(error(good + "&payload[value]=1&timestamp=" + (START + 7200 + 400)))
                .isEqualTo("timestamp_in_future");
        assertThat(error("event_name=none&payload[stripe_customer_id]=x&payload[value]=1"))
                .isEqualTo("resource_missing");
        assertThat(error("event_name=calls&payload[value]=1")).isEqualTo("meter_event_no_customer_defined");
        assertThat(error("payload[value]=1")).isEqualTo("parameter_missing");
        assertThat(sim.admin("GET", "/_sim/state", "").path("meter_events").asInt())
                .isZero();
    }

    @Test
    void reportsAnUnknownCustomerLaterNotAtOnce() throws Exception {
        sim.meter("calls");

        sim.use("calls", "cus_nobody", 3, "lost", START);

        JsonNode state = sim.admin("GET", "/_sim/state", "");
        assertThat(state.path("meter_errors").asInt()).isEqualTo(1);
        assertThat(state.path("meter_error_samples").get(0).path("code").asText())
                .isEqualTo("meter_event_customer_not_found");
    }

    @Test
    void cancelsWithinADay() throws Exception {
        Customer customer = sim.customer("Ada");
        Meter meter = sim.meter("calls");
        sim.use("calls", customer.getId(), 25, "one", START);
        sim.use("calls", customer.getId(), 5, "two", START);

        cancel("one");

        assertThat(hourly(meter, customer, START, START + 3600)).containsExactly("0:5");
        sim.advance(Duration.ofHours(25));
        assertThatThrownBy(() -> cancel("two")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void lastReceivedOfAnHourWinsOnAWindowedMeter() throws Exception {
        Customer customer = sim.customer("Ada");
        Meter meter = sim.stripe
                .v1()
                .billing()
                .meters()
                .create(MeterCreateParams.builder()
                        .setDisplayName("w")
                        .setEventName("windowed")
                        .setEventTimeWindow(MeterCreateParams.EventTimeWindow.HOUR)
                        .setDefaultAggregation(MeterCreateParams.DefaultAggregation.builder()
                                .setFormula(MeterCreateParams.DefaultAggregation.Formula.SUM)
                                .build())
                        .build());
        sim.use("windowed", customer.getId(), 10, "a", START + 100);
        sim.use("windowed", customer.getId(), 7, "b", START + 50);
        sim.use("windowed", customer.getId(), 4, "c", START + 3600);

        assertThat(hourly(meter, customer, START, START + 7200)).containsExactlyInAnyOrder("0:7", "1:4");
    }

    @Test
    void letsOneEventOfACustomerAndMeterInAtATime() throws Exception {
        Customer customer = sim.customer("Ada");
        sim.meter("calls");
        sim.fault("{\"kind\":\"delay\",\"delay_ms\":1500,\"key\":\"slow\"}");
        Thread slow = Thread.ofVirtual().start(() -> {
            try {
                sim.use("calls", customer.getId(), 1, "slow", START);
            } catch (StripeException e) {
                throw new IllegalStateException(e);
            }
        });
        sim.awaitFault();

        assertThatThrownBy(() -> sim.use("calls", customer.getId(), 1, "quick", START))
                .isInstanceOf(com.stripe.exception.ApiException.class)
                .satisfies(
                        e -> assertThat(((StripeException) e).getStatusCode()).isEqualTo(409));

        slow.join();
        sim.use("calls", customer.getId(), 1, "quick", START);
        assertThat(sim.admin("GET", "/_sim/state", "").path("meter_events").asInt())
                .isEqualTo(2);
    }

    private void again(Customer customer, String identifier, String key) throws StripeException {
        sim.stripe
                .v1()
                .billing()
                .meterEvents()
                .create(
                        com.stripe.param.billing.MeterEventCreateParams.builder()
                                .setEventName("calls")
                                .setIdentifier(identifier)
                                .setTimestamp(START)
                                .putPayload("stripe_customer_id", customer.getId())
                                .putPayload("value", "25")
                                .build(),
                        Fixture.key(key));
    }

    private void cancel(String identifier) throws StripeException {
        sim.stripe
                .v1()
                .billing()
                .meterEventAdjustments()
                .create(MeterEventAdjustmentCreateParams.builder()
                        .setEventName("calls")
                        .setType(MeterEventAdjustmentCreateParams.Type.CANCEL)
                        .setCancel(MeterEventAdjustmentCreateParams.Cancel.builder()
                                .setIdentifier(identifier)
                                .build())
                        .build());
    }

    private String error(String form) throws Exception {
        var response = sim.form("POST", "/v1/billing/meter_events", form);
        assertThat(response.statusCode()).isEqualTo(400);
        return dev.weir.simulators.stripe.wire.Json.read(response.body())
                .path("error")
                .path("code")
                .asText();
    }

    private List<String> hourly(Meter meter, Customer customer, long from, long to) throws StripeException {
        return summaries(meter, customer, from, to, MeterEventSummaryListParams.ValueGroupingWindow.HOUR).stream()
                .map(summary -> (summary.getStartTime() - START) / 3600 + ":"
                        + summary.getAggregatedValue().toPlainString())
                .toList();
    }

    private List<MeterEventSummary> summaries(
            Meter meter, Customer customer, long from, long to, MeterEventSummaryListParams.ValueGroupingWindow window)
            throws StripeException {
        List<MeterEventSummary> all = new ArrayList<>();
        sim.stripe
                .v1()
                .billing()
                .meters()
                .eventSummaries()
                .list(
                        meter.getId(),
                        MeterEventSummaryListParams.builder()
                                .setCustomer(customer.getId())
                                .setStartTime(from)
                                .setEndTime(to)
                                .setValueGroupingWindow(window)
                                .setLimit(7L)
                                .build())
                .autoPagingIterable()
                .forEach(all::add);
        return all;
    }
}
