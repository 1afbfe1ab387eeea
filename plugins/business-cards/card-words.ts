/** What tells the lines of a card apart. */
export const COMPANY =
  /公司|集团|厂$|工厂|事务所|研究院|银行|大学|学院|医院|酒店|商行|商店|\b(?:co\.?,? ?ltd|ltd|limited|inc|llc|gmbh|corp|corporation|company|group|plc|pte|s\.?a\.?r\.?l|b\.?v|kg|ag|holdings?)\b\.?/i;
export const POSITION =
  /经理|总监|主管|工程师|顾问|主任|助理|总裁|董事|部长|专员|代表|销售员|会计|律师|厂长|店长|院长|教授|秘书|采购|\b(?:manager|director|engineer|president|head of|officer|consultant|sales|assistant|executive|partner|chief|founder|lead|ceo|cto|cfo|coo|supervisor|specialist|representative|buyer|accountant|lawyer|professor|secretary|owner)\b/i;
export const ADDRESS_LABEL = /^(?:地\s*址|公司地址|址|address|addr?)\s*[:：.]?\s*/i;
const CHINESE_PLACE = /[省市区县镇乡村路街道巷弄号栋幢楼室层座园厦]/g;
const LATIN_PLACE =
  /\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|floor|room|suite|building|bldg|district|square|plaza|way|park|stra(?:ß|ss)e|platz|rue|via|p\.? ?o\.? box)\b\.?/i;
const POSTCODE = /\b(?:\d{5,6}|[a-z]{1,2}\d[\da-z]? ?\d[a-z]{2})\b/i;

/** How sure a line is an address: 0 for not at all. */
export function addressScore(text: string): number {
  if (ADDRESS_LABEL.test(text)) return 1;
  const places = text.match(CHINESE_PLACE)?.length ?? 0;
  if (places >= 3 || (places >= 2 && /\d/.test(text))) return COMPANY.test(text) && !/\d/.test(text) ? 0 : 0.95;
  if (LATIN_PLACE.test(text) && /\d/.test(text)) return 0.9;
  return POSTCODE.test(text) && /,/.test(text) ? 0.7 : 0;
}

const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封靳松井段富巫乌焦巴弓牧山谷车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎乔苍双闻莘党翟谭贡姬申扶冉桑桂牛寿通边燕冀尚农温庄晏柴瞿阎连茹习艾鱼容向古易廖庾终步都耿满弘匡国文寇广东欧沃利师巩聂关荆';
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯)/;
/** How sure a line is a name. */
export function nameScore(text: string): number {
  if (/^\p{Script=Han}{2,4}$/u.test(text)) return SURNAMES.includes(text[0]!) || COMPOUND.test(text) ? 0.95 : 0.5;
  if (/[\d@:：/]/.test(text)) return 0;
  const words = text.split(' ').filter(Boolean);
  if (words.length < 2 || words.length > 4) return 0;
  return words.every((word) => /^\p{Lu}[\p{L}.’'-]*$/u.test(word)) ? 0.85 : 0;
}
