# expect: worker 1 *
# for COMMAND: check
# for TEXT: {}; {"pack":1}; {"pack":{"id":"\u001b[2J"}}; {"pack":[],"plans":{},"rules":"x"}; {"plans":[1,null,"x"]}; {"plans":[{"domains":[{"indicators":[1,{},{"target":7},{"formula":99999999999,"target":{"kind":"at_least","value":1e300}}]}]}]}; {"rules":[{"parameters":[1,null,"\u001b"]}],"warnings":[{"level":0,"on":7,"hold":-5,"only":[1],"message":3}]}; {"assessments":[{"items":[{"items":[{"items":[{"items":[{"items":[{"items":[{"items":[{}]}]}]}]}]}]}],"grades":[1],"vetoes":[1]}]}; {"problems":[1,{"file":"\u001b","line":-1,"message":"\u001b"}]}; {"rules":[{"file":"pack.lua","line":1,"parameters":["year"]}],"assessments":[{"items":[{"score":0},{"score":0,"applies":0}]}]}; {"units":7,"breakdowns":[[]],"series":[{"kind":"fact","id":{},"digits":1e99}]}
frame 101 '@TEXT@'
exec sleep 60
