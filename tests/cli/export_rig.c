#include "export_rig.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/hash.h"
#include "cli_rig.h"

#define ROWS                                                                                       \
    "0\ta good film\tone fine film\t4.5\n1\ta bad play\tsome poor play\t2\n"                       \
    "2\tgood\tbad\t1\n3\tred\tblue\t3.25\n"

static void write_text(const char *path, const char *text)
{
    scratch_folder_write(path, text, strlen(text));
}

void export_rig_write_ratings(bool for_server)
{
    static const char server[] = "0\tgood\tgood\n1\tbad film\tred\n2\tone\tblue play\n";
    char manifest[2048];
    snprintf(manifest, sizeof manifest,
             "{\"title\": \"Ratings\", \"licence\": \"none\", \"form\": \"regression\","
             " \"metric\": \"pearson\", \"target_low\": 0, \"target_high\": 5,"
             " \"submission_file\": \"Rated.tsv\", \"files\": ["
             "{\"path\": \"rows.tsv\", \"urls\": [\"http://127.0.0.1:9/\"], \"sha256\": \"%s\"},"
             "{\"path\": \"server.tsv\", \"urls\": [\"http://127.0.0.1:9/\"], \"sha256\": \"%s\"}],"
             " \"table\": {\"format\": \"tsv\", \"columns\": [\"id\", \"a\", \"b\", \"score\"],"
             " \"text\": [\"a\", \"b\"], \"label\": \"score\", \"id\": \"id\", \"header\": false},"
             " \"splits\": {"
             "\"train\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 4}], \"rows\": 4},"
             "\"validation\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 4}], \"rows\": 4},"
             "\"test\": {\"sources\": [{\"file\": \"rows.tsv\", \"rows\": 4}], \"rows\": 4},"
             "\"submission\": %s}}",
             hash_bytes(ROWS, strlen(ROWS)).text, hash_bytes(server, strlen(server)).text,
             for_server ? "{\"sources\": [{\"file\": \"server.tsv\", \"rows\": 3, "
                          "\"columns\": [\"id\", \"a\", \"b\"]}], \"rows\": 3}"
                        : "null");
    write_text("datasets/ratings.json", manifest);
    write_text("mirror/rows.tsv", ROWS);
    write_text("mirror/server.tsv", server);
}

void export_rig_run_trial(void)
{
    export_rig_write_ratings(true);
    cli_rig_edit(EXPORT_RIG_TRIAL, "\"all\"", "[\"ratings\", \"tiny-happy\"]");
    CliRun run = cli_rig_run("run trial --scale mini");
    cr_assert_eq(run.status, 0, "%s", run.err);
}
