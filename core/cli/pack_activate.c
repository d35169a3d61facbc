// biaochi pack activate|rollback: a pack, and the packs that extend it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/pack_change.h"
#include "core/cli/pack_folder.h"
#include "core/cli/server_client.h"
#include "core/io/pack_archive.h"

typedef struct ActivateValues {
    bool keep_children;
} ActivateValues;

static int refuse(const Cli *cli, const LoadedPack *pack, const FollowerList *followers) {
    ProblemList all = {0};
    for (size_t i = 0; i < followers->count; i++)
        for (size_t k = 0; k < followers->items[i].problems.count; k++)
            problems_add(&all, &followers->items[i].problems.items[k]);
    if (cli->format != OUTPUT_JSON)
        fprintf(stderr,
                T("%s %s is not activated: of %s that extend it, %zu would break:\n",
                  "%s %s 未激活：继承它的%s中，有 %zu 个将出现问题：\n"),
                pack->description->id, pack->description->version,
                count_text(followers->count, "active pack", "active packs", "个已激活评估包").text,
                followers->broken);
    int code = cli_fail_all(cli, &all, NULL);
    if (cli->format != OUTPUT_JSON)
        fputs(T("nothing was changed; --keep-children activates it and leaves them on what they "
                "carry\n",
                "未作任何改动；加 --keep-children 则只激活它，其他评估包仍用各自携带的版本\n"),
              stderr);
    problems_free(&all);
    return code;
}

static void say_followers(const LoadedPack *pack, const FollowerList *followers, bool kept) {
    for (size_t i = 0; i < followers->count; i++) {
        const Follower *follower = &followers->items[i];
        if (kept)
            fprintf(
                stderr,
                T("%s keeps the version of %s that it carries%s\n", "%s 仍用其携带的 %s 版本%s\n"),
                follower->id, pack->description->id,
                follower->problems.count
                    ? T("; on this one it would break", "；在此版本上将出现问题")
                    : "");
        else
            fprintf(stderr, T("%s %s follows it (%.12s)\n", "%s %s 随之更新（%.12s）\n"),
                    follower->id, follower->pack.description->version, follower->pack.bundle.hash);
    }
}

static void say_active(const char *pack, const char *version, const char *hash, bool changed) {
    fprintf(stderr,
            changed ? T("%s %s is active (%.12s)\n", "%s %s 已激活（%.12s）\n")
                    : T("%s %s was active already (%.12s)\n", "%s %s 原已激活（%.12s）\n"),
            pack, version, hash);
}

static int tell_active(const Cli *cli, const LoadedPack *pack, const FollowerList *followers,
                       bool changed, bool kept) {
    if (cli->format == OUTPUT_TABLE) {
        say_active(pack->description->id, pack->description->version, pack->bundle.hash, changed);
        say_followers(pack, followers, kept);
        return EXIT_DONE;
    }
    PackChange change = {.pack = pack->description->id,
                         .version = pack->description->version,
                         .hash = pack->bundle.hash,
                         .changed = changed,
                         .followers = json_array(),
                         .kept = json_array()};
    for (size_t i = 0; i < followers->count; i++)
        json_array_append_new(kept ? change.kept : change.followers,
                              json_string(followers->items[i].id));
    return pack_change_print(cli, &change);
}

static int activate(Cli *cli, LoadedPack *pack, bool keep_children) {
    FollowerList followers;
    Error error = {0};
    bool changed;
    if (!family_follow(&cli->jobs, cli->store, pack, &followers, &error))
        return cli_fail(cli, &error);
    int code = EXIT_DONE;
    if (followers.broken > 0 && !keep_children) {
        code = refuse(cli, pack, &followers);
    } else if (!family_activate(cli->store, pack, keep_children ? NULL : &followers, cli_who(),
                                &changed, &error)) {
        code = cli_fail(cli, &error);
    } else {
        code = tell_active(cli, pack, &followers, changed, keep_children);
    }
    follower_list_free(&followers);
    return code;
}

// ---- through the server ------------------------------------------------------------------------

static const char *text_of(const json_t *answer, const char *member) {
    return json_string_value(json_object_get(answer, member));
}

static void say_candidate(const json_t *candidate, const json_t *followers) {
    size_t i;
    const json_t *id;
    const char *pack = text_of(candidate, "pack");
    bool kept = json_is_true(json_object_get(candidate, "keep_children"));
    say_active(pack, text_of(candidate, "version"), text_of(candidate, "hash"),
               json_is_true(json_object_get(candidate, "changed")));
    json_array_foreach(followers, i, id) fprintf(
        stderr,
        kept ? T("%s keeps the version of %s that it carries\n", "%s 仍用其携带的 %s 版本\n")
             : T("%s follows %s\n", "%s 随 %s 更新\n"),
        json_string_value(id), pack);
    server_say_it_answers();
}

static int tell_candidate(const Cli *cli, const json_t *candidate) {
    size_t i;
    const json_t *row;
    json_t *followers = json_array();
    bool kept = json_is_true(json_object_get(candidate, "keep_children"));
    json_array_foreach(json_object_get(candidate, "followers"), i, row)
        json_array_append(followers, json_object_get(row, "id"));
    if (cli->format == OUTPUT_TABLE) say_candidate(candidate, followers);
    PackChange change = {.pack = text_of(candidate, "pack"),
                         .version = text_of(candidate, "version"),
                         .hash = text_of(candidate, "hash"),
                         .changed = json_is_true(json_object_get(candidate, "changed")),
                         .by_server = true,
                         .followers = kept ? json_array() : followers,
                         .kept = kept ? followers : json_array()};
    return pack_change_print(cli, &change);
}

// The server checks, tests and activates, so that its readers see every step. `named`: what
// problems are told of.
static int activate_by(Cli *cli, const ServerCall *call, const char *named, ProblemList *problems) {
    json_t *answer = NULL;
    int code = server_call(cli, call, &answer, problems) ? tell_candidate(cli, answer)
                                                         : cli_fail_pack(cli, named, problems);
    json_decref(answer);
    return code;
}

static int activate_there(Cli *cli, char *folder, bool keep_children) {
    ProblemList problems = {0};
    Bundle bundle = {0};
    Buffer archive = {0};
    Error error = {0};
    bool good = cli_read_bundle(folder, &bundle, &problems);
    if (good && !pack_archive_write(&bundle, "pack", &archive, &error)) {
        problems_add(&problems, &error);
        good = false;
    }
    const ServerCall call = {.method = "POST",
                             .path = keep_children
                                         ? "/api/v1/candidates?activate=true&keep_children=true"
                                         : "/api/v1/candidates?activate=true",
                             .type = "application/zip",
                             .body = archive.data,
                             .length = archive.length};
    int code =
        good ? activate_by(cli, &call, folder, &problems) : cli_fail_pack(cli, folder, &problems);
    buffer_free(&archive);
    bundle_free(&bundle);
    problems_free(&problems);
    return code;
}

static int activate_stored_there(Cli *cli, char **arguments, bool keep_children) {
    ProblemList problems = {0};
    Buffer path = {0};
    buffer_printf(&path, "/api/v1/packs/%s/activate%s", arguments[0],
                  keep_children ? "?keep_children=true" : "");
    json_t *body = json_pack("{s:s}", "version", arguments[1]);
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    const ServerCall call = {.method = "POST",
                             .path = path.data,
                             .body = text ? text : "",
                             .length = text ? strlen(text) : 0};
    int code = activate_by(cli, &call, arguments[0], &problems);
    free(text);
    json_decref(body);
    buffer_free(&path);
    problems_free(&problems);
    return code;
}

static void say_rolled_back(const PackChange *change) {
    size_t i;
    const json_t *id;
    fprintf(stderr, T("%s: version %.12s is active again\n", "%s：版本 %.12s 已恢复为激活版本\n"),
            change->pack, change->hash);
    json_array_foreach(change->followers, i, id)
        fprintf(stderr, T("%s, which extends it, went back with it\n", "继承它的 %s 随之恢复\n"),
                json_string_value(id));
    json_array_foreach(change->kept, i, id)
        fprintf(stderr,
                T("%s, which extends another version of it, keeps what it carries\n",
                  "继承其他版本的 %s 仍用其携带的内容\n"),
                json_string_value(id));
    if (change->by_server) server_say_it_answers();
}

static int tell_rolled_back(const Cli *cli, PackChange *change) {
    if (cli->format == OUTPUT_TABLE) say_rolled_back(change);
    return pack_change_print(cli, change);
}

static int roll_back_there(Cli *cli, const char *pack) {
    ProblemList problems = {0};
    Buffer path = {0};
    json_t *answer;
    int code;
    buffer_printf(&path, "/api/v1/packs/%s/rollback", pack);
    const ServerCall call = {.method = "POST", .path = path.data};
    if (server_call(cli, &call, &answer, &problems)) {
        PackChange change = {.pack = pack,
                             .hash = text_of(answer, "hash"),
                             .changed = true,
                             .by_server = true,
                             .followers = json_incref(json_object_get(answer, "followed")),
                             .kept = json_incref(json_object_get(answer, "kept"))};
        code = tell_rolled_back(cli, &change);
    } else {
        code = cli_fail_all(cli, &problems, NULL);
    }
    json_decref(answer);
    buffer_free(&path);
    problems_free(&problems);
    return code;
}

// The files of a stored version, checked and tested on what is active now.
static int load_stored(Cli *cli, char **arguments, LoadedPack *pack) {
    const ParentPlaces places = {.store = cli->store};
    LoadedPack stored;
    Bundle own;
    Error error = {0};
    *pack = (LoadedPack){0};
    if (!registry_load_version(cli->store, arguments[0], arguments[1], &stored, &error))
        return cli_fail(cli, &error);
    ProblemList problems = {0};
    bundle_own(&stored.bundle, &own);
    loaded_pack_free(&stored);
    bool good = family_load_bundle(&cli->jobs, &own, &places, true, pack, &problems);
    int code = good ? EXIT_DONE : cli_fail_pack(cli, arguments[0], &problems);
    problems_free(&problems);
    return code;
}

static int run_activate(Cli *cli, const void *values, char **arguments, int count) {
    const ActivateValues *options = values;
    const bool is_stored = count == 2, keep_children = options->keep_children;
    int code;
    if (is_stored && (!cli_open_store(cli, &code) || !cli_require_pack(cli, arguments[0], &code)))
        return code;
    if (server_is_there(cli))
        return is_stored ? activate_stored_there(cli, arguments, keep_children)
                         : activate_there(cli, arguments[0], keep_children);
    if (!cli_open_store(cli, &code)) return code;
    LoadedPack pack;
    const ParentPlaces places = {.store = cli->store};
    code = is_stored ? load_stored(cli, arguments, &pack)
                     : cli_load_pack_from(cli, arguments[0], &places, true, &pack);
    if (code == EXIT_DONE) code = activate(cli, &pack, options->keep_children);
    loaded_pack_free(&pack);
    return code;
}

static int run_roll_back(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    int code;
    if (!cli_open_store(cli, &code) || !cli_require_pack(cli, arguments[0], &code)) return code;
    if (server_is_there(cli)) return roll_back_there(cli, arguments[0]);
    FamilyRollBack done;
    Error error = {0};
    if (!family_plan_roll_back(cli->store, arguments[0], &done, &error))
        return cli_fail(cli, &error);
    if (!family_roll_back(cli->store, &done, cli_who(), &error)) {
        family_roll_back_free(&done);
        return cli_fail(cli, &error);
    }
    PackChange change = {.pack = arguments[0],
                         .hash = done.moves[0].to,
                         .changed = true,
                         .followers = json_array(),
                         .kept = json_array()};
    for (size_t i = 1; i < done.count; i++)
        json_array_append_new(change.followers, json_string(done.moves[i].id));
    for (size_t i = 0; i < done.kept_count; i++)
        json_array_append_new(change.kept, json_string(done.kept[i]));
    code = tell_rolled_back(cli, &change);
    family_roll_back_free(&done);
    return code;
}

static const Option activate_options[] = {
    {"keep-children", OPTION_FLAG, offsetof(ActivateValues, keep_children), NULL,
     "leave the packs that extend it on the version they carry",
     "继承它的评估包仍用各自携带的版本"}};
const Command command_pack_activate = {
    .name = "pack activate",
    .usage = "FOLDER|FILE.zip | PACK HASH",
    .english = "check, test, store and activate a pack; on any problem nothing changes",
    .chinese = "检查、测试、入库并激活评估包；有任何问题则不作改动",
    .details_english =
        "A pack that extends another is built on the active version of that one. The active packs\n"
        "that extend this pack are rebuilt on it, checked and tested first; when all pass they\n"
        "are activated with it, when one does not nothing is.\n"
        "With PACK HASH it is the stored version whose hash begins with HASH, without any folder;\n"
        "`pack list PACK` shows the hashes. `pack rollback` goes back one step instead.",
    .details_chinese =
        "有 extends 的评估包，以所继承评估包的激活版本为基础。继承本评估包的各激活评估包先在新版本上\n"
        "重建、检查和测试：全部通过则一并激活，有一个不通过则都不激活。\n"
        "用 PACK HASH 则激活哈希以 HASH 开头的已入库版本，无需文件夹；哈希见 `pack list PACK`。\n"
        "只退回一步则用 `pack rollback`。",
    .options = activate_options,
    .option_count = 1,
    .values_size = sizeof(ActivateValues),
    .least_arguments = 1,
    .most_arguments = 2,
    .run = run_activate,
};
const Command command_pack_rollback = {
    .name = "pack rollback",
    .usage = "PACK",
    .english = "make the version before the active one active again",
    .chinese = "恢复上一个激活版本",
    .details_english =
        "The version comes from the database; no folder is needed. Rolling back twice goes back two "
        "steps. Packs that extend it and had followed it go back with it.",
    .details_chinese =
        "版本取自数据库，无需文件夹。连续两次即退回两步。曾随之更新的、继承它的评估包一并恢复。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_roll_back,
};
