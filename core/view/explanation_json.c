// An explanation as JSON: see explanation_json.h.
#include "core/view/explanation_json.h"

json_t *view_explanation_json(const Explanation *explanation, const char *region) {
    json_t *whole = json_pack("{s:s, s:s, s:s, s:s, s:I, s:i, s:O, s:O}", "pack", explanation->pack,
                              "pack_hash", explanation->pack_hash, "std_hash",
                              explanation->std_hash, "region", region, "data_version",
                              (json_int_t)explanation->data_version, "year", explanation->year,
                              "conventions", explanation->conventions, "tree", explanation->tree);
    if (explanation->run) json_object_set_new(whole, "run", json_integer(explanation->run));
    return whole;
}
