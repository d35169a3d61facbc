-- 单位和组织。名称照文件；文件没有逐项写责任单位，全部工作由妇代会承担。

unit "congress" { title = "妇代会" }
unit "village_committee" { title = "村委" }
unit "federation" { title = "妇联" }
unit "club" { title = "南三村俱乐部" }
unit "posts" { title = "巾帼文明岗" }
unit "lecturers" { title = "家庭教育讲师团" }
unit "research" { title = "家庭教育研究会" }
unit "rights_station" { title = "镇、村妇女维权站" }
unit "governance_centre" { title = "综治中心" }
-- 文件合称“公、检、法、司”，这里写全。
unit "police" { title = "公安" }
unit "procuratorate" { title = "检察院" }
unit "court" { title = "法院" }
unit "justice" { title = "司法" }
unit "newcomers" { title = "新居民管理局" }
