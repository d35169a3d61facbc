// A description to test with: small, but with something of everything. Included by tests only.
//
// JSON is written with single quotes here, which no text of the sample contains.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/pack/description.h"

#define AT(line) "'file':'pack.lua','line':" #line

static const char sample_text[] =
    "{'pack':{'id':'sample','title':'样例','region':'150802','version':'1.0.0','api':1,"
    "'conventions':{'digits':2}," AT(1) "},"
    "'units':[{'id':'health','title':'卫健委'," AT(2) "},{'id':'labour','title':'人社局'," AT(3) "}],"
    "'breakdowns':[{'id':'under5','title':'5岁以下'," AT(4) "}],"
    "'series':[{'kind':'data','id':'births','title':'活产数','unit':'人','digits':0," AT(5) "},"
    "{'kind':'fact','id':'late','title':'迟报次数','unit':'次','default':0," AT(6) "}],"
    "'plans':[{'id':'women','title':'妇女规划','from':2021,'to':2030,'baseline':2020,'domains':["
    "{'id':'health','title':'健康','indicators':["
    "{'kind':'indicator','id':'mortality','title':'死亡率','unit':'1/10万','lead':'health','digits':1,"
    "'target':{'kind':'at_most','value':12},'milestones':[{'year':2025,'value':14}]," AT(8) "},"
    "{'kind':'indicator','id':'screening','title':'筛查率','unit':'%','lead':'health','targets':["
    "{'id':'nation','target':{'kind':'at_least','value':70}},"
    "{'id':'own','target':{'kind':'all_of','parts':[{'kind':'at_least','value':75},"
    "{'kind':'not_below','indicator':'mortality'}]}}]," AT(9) "},"
    "{'kind':'objective','id':'awareness','title':'意识提高','lead':'labour','evidence':true," AT(10) "}]},"
    "{'id':'economy','title':'经济','indicators':["
    "{'kind':'indicator','id':'double','title':'两倍','unit':'1/10万','lead':'labour',"
    "'target':{'kind':'narrows','per':'plan','years':5},'formula':0,'applies_to':['150802']," AT(11) "}]}"
    "]," AT(7) "}],"
    "'warnings':[{'id':'behind','title':'落后','on':'indicator','level':1,'message':'现值 {value}',"
    "'inputs':['value'],'only':['mortality'],'hold':2," AT(13) "},"
    "{'id':'plan_behind','title':'规划落后','on':'plan','level':2," AT(14) "},"
    "{'id':'region_behind','title':'地区落后','on':'region','level':3," AT(15) "}],"
    "'assessments':[{'id':'annual','title':'考核','of':'region','points':100,'plan':'women',"
    "'grades':[{'from':90,'name':'优秀'},{'from':60,'name':'合格'},{'from':0,'name':'不合格'}],"
    "'items':[{'id':'group','points':60,'items':["
    "{'id':'first','points':40,'score':4," AT(17) "},{'id':'second','points':20,'score':5,'applies':6," AT(18) "}]," AT(16) "},"
    "{'id':'third','title':'第三项','points':40,'score':7," AT(19) "}],"
    "'vetoes':[{'id':'fraud','when':8,'grade':'不合格'," AT(20) "}]," AT(16) "},"
    "{'id':'units','title':'单位考核','of':'unit','points':10,'grades':[{'from':0,'name':'合格'}],"
    "'items':[{'id':'reports','points':10,'score':9," AT(22) "}],'vetoes':[]," AT(21) "}],"
    "'rules':["
    "{'on':'formula','parameters':['mortality']," AT(11) "},"
    "{'on':'indicator','parameters':['status','reach_year','plan_end','on_track','series']," AT(13) "},"
    "{'on':'plan','parameters':['attainment','pace']," AT(14) "},"
    "{'on':'region','parameters':['met_count_women','attainment_women_health','year']," AT(15) "},"
    "{'on':'item','parameters':['points','attainment','mortality_progress']," AT(17) "},"
    "{'on':'item','parameters':['points','mortality_under5','births']," AT(18) "},"
    "{'on':'item','parameters':['late']," AT(18) "},"
    "{'on':'item','parameters':['points','late']," AT(19) "},"
    "{'on':'item','parameters':['screening_status']," AT(20) "},"
    "{'on':'item','parameters':['points','late']," AT(22) "}],"
    "'problems':[]}";

// JSON out of a text with single quotes; the text must be good.
static inline json_t *sample_parse(const char *text) {
    char *copy = strdup(text);
    for (char *at = copy; *at; at++)
        if (*at == '\'') *at = '"';
    json_error_t where;
    json_t *json = json_loads(copy, JSON_DECODE_ANY, &where);
    if (!json) fail_msg("%s at %d of: %s", where.text, where.position, text);
    free(copy);
    return json;
}

static inline json_t *sample_json(void) {
    return sample_parse(sample_text);
}

// The description of a JSON text that has no problems.
static inline Description *sample_describe(const char *text) {
    json_t *json = sample_parse(text);
    ProblemList problems = {0};
    Description *description = description_parse(json, &problems);
    if (!description) fail_msg("%s:%d: %s", problems.items[0].file, problems.items[0].line, problems.items[0].message);
    json_decref(json);
    problems_free(&problems);
    return description;
}

// A small stream of numbers that is the same in every run.
static inline uint32_t sample_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}
