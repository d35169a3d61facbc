-- The third: other conventions, an assessment with more items, something removed.

pack {
  id = "city", extends = "province", title = "巴彦淖尔市", region = "150800", version = "1.0.0", api = 1,
  covers = "children", conventions = { digits = 2 }, figures = none,
}

include "more"
