#include "life.h"

#include "callbacks.h"
#include "commands.h"
#include "guard.h"
#include "library.h"
#include "lining.h"
#include "resources.h"
#include "subjects.h"

#include <stdlib.h>

#define OLDEST_VERSION 0x00010003u
#define PERMANENT_PROVIDER_ID 7u
#define LINE_DEVICE_ID_BASE 10u
#define PROVIDER_HANDLE ((HPROVIDER)(uintptr_t)0x5150)

/* What the contract allows for each step; the first two hold for the fastest of several tries. */
#define NEGOTIATION_NS 50000000u
#define INIT_NS 500000000u
#define SHUTDOWN_NS 3000000000u
#define TRIES 5u

#define ROUNDS_MAX 100000u

/* Callbacks that have to come before the provider is unloaded under way, and how long something is waited
 * for. */
#define CALLBACKS_UNDER_WAY 5u
#define UNDER_WAY_DEADLINE_MS 2000u

static struct life_options life;
static bool running;

static bool write_step(const char *command, LONG result)
{
    struct output out;
    output_begin(&out, "return");
    output_text(&out, "command", command);
    output_hex(&out, "result", (uint32_t)result);
    output_end(&out);
    return result == 0;
}

static void judge_time(enum rule rule, uint64_t taken, uint64_t allowed, const char *what)
{
    if (taken > allowed) {
        violation(rule, what);
    }
}

/* The lines the provider counted, with the ids they have from here on. */
static void note_lines(DWORD count)
{
    struct output out;
    for (DWORD device = LINE_DEVICE_ID_BASE; device < LINE_DEVICE_ID_BASE + count; device++) {
        book_lock();
        const bool noted = book_line_create(device) != NULL;
        book_unlock();
        if (!noted) {
            violation(RULE_HOST_LIMIT, "there is no room for another line");
            return;
        }
        output_begin(&out, "line");
        output_number(&out, "device", device);
        output_end(&out);
    }
}

static LONG negotiate(void)
{
    uint64_t fastest = UINT64_MAX;
    LONG result = 0;
    for (unsigned i = 0; i < TRIES && result == 0; i++) {
        const uint64_t begun = host_now_ns();
        result = tspi.TSPI_lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, OLDEST_VERSION,
                                                    life.newest_version, &host_version);
        const uint64_t taken = host_now_ns() - begun;
        fastest = taken < fastest ? taken : fastest;
    }
    judge_time(RULE_SLOW_NEGOTIATION, result == 0 ? fastest : 0, NEGOTIATION_NS,
               "TSPI_lineNegotiateTSPIVersion");
    return result;
}

static LONG init(DWORD lines, DWORD phones)
{
    static unsigned slow; /* a busy machine may delay one start, not each of several */
    DWORD options = 0;
    const uint64_t begun = host_now_ns();
    const LONG result = tspi.TSPI_providerInit(host_version, PERMANENT_PROVIDER_ID, LINE_DEVICE_ID_BASE, 0,
                                               lines, phones, on_completion, &options);
    slow = host_now_ns() - begun > INIT_NS ? slow + 1 : 0;
    if (slow >= TRIES) {
        violation(RULE_SLOW_START, "TSPI_providerInit");
    }
    if (phones != 0 || options != 0) {
        violation(RULE_START_COUNTS, "there are no phones, and no option of the provider");
    }
    return result;
}

static bool start(void)
{
    DWORD lines = 99;
    DWORD phones = 99;
    if (!write_step("lineNegotiateTSPIVersion", negotiate()) ||
        !write_step("providerEnumDevices",
                    tspi.TSPI_providerEnumDevices(PERMANENT_PROVIDER_ID, &lines, &phones, PROVIDER_HANDLE,
                                                  on_provider_event, NULL))) {
        return false;
    }
    lines = lines > life.counted_lines_max ? life.counted_lines_max : lines;
    note_lines(lines);
    guard_running(true);
    running = write_step("providerInit", init(lines, phones));
    guard_running(running);
    return running;
}

static void judge_calls(void)
{
    book_lock();
    const unsigned count = book_calls_without_idle();
    book_unlock();
    if (count != 0) {
        violation(RULE_NO_IDLE, "DISCONNECTED is not the end");
    }
}

static void shut_down(void)
{
    const uint64_t start_ns = host_now_ns();
    running = false;
    write_step("providerShutdown", tspi.TSPI_providerShutdown(host_version, PERMANENT_PROVIDER_ID));
    judge_time(RULE_SLOW_END, host_now_ns() - start_ns, SHUTDOWN_NS, "TSPI_providerShutdown");
    guard_running(false);
    book_lock();
    const unsigned left = book_requests_running();
    book_unlock();
    if (left != 0) {
        violation(RULE_NEVER_COMPLETED, "TSPI_providerShutdown returned before");
    }
    lines_settle();
    book_lock();
    book_forget();
    book_unlock();
}

static void stop(void)
{
    judge_calls();
    commands_close_all();
    shut_down();
}

static bool load(void)
{
    struct output out;
    enum rule rule = RULES;
    book_lock();
    book_forget_handles();
    book_unlock();
    const char *problem = library_load(life.library, &rule);
    if (problem == NULL) {
        return true;
    }
    if (rule != RULES) {
        violation(rule, problem);
    }
    output_begin(&out, "problem");
    output_text(&out, "problem", problem);
    output_end(&out);
    return false;
}

bool life_begin(const struct life_options *options)
{
    struct output out;
    life = *options;
    output_begin(&out, "start");
    output_number(&out, "bits", (int64_t)sizeof(void *) * 8);
    output_end(&out);
    return load() && start();
}

bool life_is_running(void)
{
    return running;
}

void life_end(void)
{
    if (running) {
        stop();
    }
    library_unload();
}

static bool needs(struct output *out, bool wanted)
{
    if (running != wanted) {
        subject_problem(out, wanted ? "the provider is not started" : "the provider is started");
    }
    return running == wanted;
}

void run_shutdown(struct output *out, char **words)
{
    (void)words;
    if (needs(out, true)) {
        shut_down();
    }
}

void run_stop(struct output *out, char **words)
{
    (void)words;
    if (needs(out, true)) {
        stop();
    }
}

void run_init(struct output *out, char **words)
{
    (void)words;
    if (needs(out, true)) {
        subject_result(out, init(0, 0));
    }
}

void run_start(struct output *out, char **words)
{
    (void)words;
    if (needs(out, false) && !start()) {
        subject_problem(out, "it cannot be started");
    }
}

/* Does something so many times and writes what the process held after the first time and after the last. */
static void repeat(struct output *out, const char *word, bool (*once)(void))
{
    const unsigned rounds = (unsigned)strtoul(word, NULL, 0);
    struct resources first = {0, 0, 0};
    if (rounds == 0 || rounds > ROUNDS_MAX || !needs(out, false)) {
        subject_problem(out, "a number of rounds, with the provider stopped");
        return;
    }
    for (unsigned i = 0; i < rounds; i++) {
        if (!once()) {
            subject_problem(out, "a round failed");
            return;
        }
        if (i == 0) {
            first = resources_now();
        }
    }
    const struct resources last = resources_now();
    output_number(out, "rounds", rounds);
    output_number(out, "moreThreads", (int64_t)last.threads - (int64_t)first.threads);
    output_number(out, "moreHandles", (int64_t)last.handles - (int64_t)first.handles);
    output_number(out, "moreHeap", (int64_t)last.heap - (int64_t)first.heap);
}

static bool one_session(void)
{
    if (!start()) {
        return false;
    }
    stop();
    return true;
}

void run_sessions(struct output *out, char **words)
{
    repeat(out, words[1], one_session);
}

static void wait_for_line(void)
{
    for (unsigned waited = 0; !lines_are_bound() && waited < UNDER_WAY_DEADLINE_MS; waited++) {
        host_sleep(1);
    }
}

static void wait_for_callbacks(uint64_t wanted)
{
    for (unsigned waited = 0; guard_callbacks() < wanted && waited < UNDER_WAY_DEADLINE_MS; waited++) {
        host_sleep(1);
    }
}

/* Ends and unloads the provider while its companion talks. */
static bool one_unload(void)
{
    struct output ignored;
    char first[] = "first";
    char *words[] = {NULL, first};
    if (!start()) {
        return false;
    }
    wait_for_line();
    output_begin(&ignored, "");
    run_open(&ignored, words);
    wait_for_callbacks(guard_callbacks() + CALLBACKS_UNDER_WAY);
    shut_down();
    library_unload();
    return load();
}

void run_unloads(struct output *out, char **words)
{
    repeat(out, words[1], one_unload);
    output_number(out, "callbacks", (int64_t)guard_callbacks());
}

static bool one_load(void)
{
    library_unload();
    return load();
}

void run_loads(struct output *out, char **words)
{
    repeat(out, words[1], one_load);
}
