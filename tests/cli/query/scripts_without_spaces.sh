# A query in Chinese, Japanese, Korean, Thai or Khmer finds its paragraph: also by what a dictionary
# would cut otherwise, by a question without spaces, as a phrase and as written.
cat >zh.txt <<'END'
联合国安全理事会决定将特派团的任务期限再延长一年，以便维持科索沃的和平与安全。

中华人民共和国的代表在会议上发言，强调尊重国家主权和领土完整的重要性。
END
echo '日本国憲法は、主権在民と平和主義を基本原理としています。東京都の人口は増えています。' >ja.txt
echo '유엔 안전보장이사회는 임무단의 임기를 일 년 더 연장하기로 결정했다. 한국 정부는 이를 환영했다.' >ko.txt
echo 'คณะมนตรีความมั่นคงแห่งสหประชาชาติตัดสินใจขยายอาณัติของภารกิจออกไปอีกหนึ่งปี เพื่อรักษาสันติภาพ' >th.txt
echo 'ក្រុមប្រឹក្សាសន្តិសុខអង្គការសហប្រជាជាតិបានសម្រេចពន្យារអាណត្តិរបស់បេសកកម្មនេះមួយឆ្នាំទៀត' >km.txt
pilcrow-index -q -d index .
for query in 科索沃 '"安全理事会"' 中国的主权是什么 日本 '=憲法' 안전보장이사회 정부 สันติภาพ \
    คณะมนตรีตัดสินใจอะไร សន្តិសុខ '主权 -安全'; do
    echo "$query: $(pilcrow -d index -n 1 --template='{path}:{paragraph} {language}' -- $query 2>/dev/null)"
done
# What is parted stays together in what is excluded, and each part is needed with a +.
pilcrow -d index --parse '+维持和平 -"国家主权" -国家主权'
# Characters side by side are one match.
pilcrow -d index --kwic=6 '"国家主权"' 和平
