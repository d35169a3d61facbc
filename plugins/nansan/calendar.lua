-- 节日。文件只写节名：月、日为本包自定，按通行日期；母亲节为五月第二个星期日，各年日期不同，只写月份。

event "womens_day" {
  title = "“三八”妇女节", lead = "congress", every = "year", months = { 3 }, due = "03-08", source = "l4_festivals",
}
-- 本包自定：月份。
event "mothers_day" {
  title = "母亲节", lead = "congress", every = "year", months = { 5 }, source = "l4_festivals",
}
event "childrens_day" {
  title = "“六一”儿童节", lead = "congress", every = "year", months = { 6 }, due = "06-01", source = "l4_festivals",
}
